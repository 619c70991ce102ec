"""Every page of the site: who opens it, at which address, with which answer.

Keyed by the name of the page's address pattern, so that a page without a visit is noticed. A page
in several states has several visits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Locator, Page

from tests.journeys.organisation import OFFICER, Organisation

STRANGER = ""
HEADQUARTERS, REGION, SECRETARY = "RU", "RU-AD", "RU-AD/7"
ADMINISTRATOR = "administrator"
COMMISSION = "control commission"


@dataclass(frozen=True)
class Visit:
    """`path` may name `{ahead}`, `{open}` and other events by state, links and the request.

    `of`: the branch whose post the reader holds. `then`: what is done on the page before it is
    looked over, returning the status of where that leads; `status` is that of the page looked over.
    """

    path: str
    of: str = STRANGER
    status: int = 200
    then: Callable[[Page], int] | None = None

    def address(self, organisation: Organisation) -> str:
        return self.path.format(
            **organisation.event,
            link_ahead=organisation.link["ahead"],
            link_open=organisation.link["open"],
            request=organisation.request,
            secretary=organisation.secretary,
            region=organisation.region,
            person=organisation.person,
            member=organisation.member,
            **organisation.sheet,
        )


def _submit(page: Page) -> int:
    return _arriving(page, page.get_by_role("main").locator("form[method=post] button").first)


def _fill_in_a_plan(page: Page) -> int:
    page.locator("#day").fill("2031-05-01")
    return _submit(page)


def _without_a_last_day(page: Page) -> int:
    page.locator("#ends").fill("")
    return _submit(page)


def _ask_for_a_code(page: Page) -> int:
    page.locator("#email").fill(f"{uuid4().hex}@example.org")
    return _submit(page)


def _ask_for_a_new_link(page: Page) -> int:
    page.locator("details summary").first.click()
    return _arriving(page, page.locator("details[open] button[value=link]"))


def _open_person(page: Page) -> int:
    return _arriving(page, page.locator("main h2.name a").first)


def _open_a_participant(page: Page) -> int:
    return _arriving(page, page.locator('main td a[href*="/name/"]').first)


def _print_a_slip(page: Page) -> int:
    return _arriving(page, page.locator("label button").last)


def _refuse_without_a_reason(page: Page) -> int:
    return _arriving(page, page.get_by_role("main").locator("button[value=refuse]").first)


def _count_without_a_picture(page: Page) -> int:
    page.locator("input[name=person]").first.check()
    return _arriving(page, page.locator("form[enctype] button").first)


def _print_sheets(page: Page) -> int:
    return _arriving(page, page.locator("form[action$='/sheets/print/'] button").first)


def _print_big_sheets(page: Page) -> int:
    page.locator("#layout").select_option("one")
    return _print_sheets(page)


def _type_a_wrong_number(page: Page) -> int:
    page.locator("#number").fill("10000111")
    return _submit_search(page)


def _submit_search(page: Page) -> int:
    return _arriving(page, page.get_by_role("main").locator("form[method=get] button").first)


def _open_grounds(page: Page) -> int:
    page.locator("#code").fill(page.url.rpartition("=")[2])
    return _arriving(page, page.locator("form[action$='/person/'] button"))


def _print_own_link(page: Page) -> int:
    _open_person(page)
    return _arriving(page, page.locator('form[action$="/link/"] button'))


def _open_details(page: Page) -> int:
    page.locator("details summary").first.click()
    return 200


def _arriving(page: Page, button: Locator) -> int:
    with page.expect_navigation() as arriving:
        button.click()
    answer = arriving.value
    assert answer is not None
    return answer.status


VISITS: dict[str, Sequence[Visit]] = {
    "front": [Visit("/"), Visit("/", SECRETARY)],
    "sign-in": [Visit("/sign-in/"), Visit("/sign-in/", status=422, then=_submit)],
    "choose-post": [Visit("/post/", HEADQUARTERS)],
    "slip-enter": [Visit("/slip/"), Visit("/slip/", status=422, then=_submit)],
    "slip": [Visit("/slip/no-such-slip/", status=404)],
    "welcome": [Visit("/welcome/", SECRETARY)],
    "security": [Visit("/security/", SECRETARY), Visit("/security/", REGION)],
    "password": [Visit("/security/password/", SECRETARY)],
    "factor-add": [Visit("/security/app/", SECRETARY)],
    "code-ask": [Visit("/sign-in/code/"), Visit("/sign-in/code/", status=422, then=_submit)],
    "code-enter": [Visit("/sign-in/code/", then=_ask_for_a_code)],
    "passkey-add": [Visit("/security/passkey/", SECRETARY)],
    "passkey-enter": [Visit("/sign-in/passkey/"), Visit("/sign-in/passkey/?next=/people/")],
    "factor-codes": [Visit("/security/codes/", REGION)],
    "sign-ins": [Visit("/sign-ins/", REGION), Visit("/sign-ins/?who=all", REGION)],
    "sign-ins-print": [Visit("/sign-ins/?who=all", REGION, then=_print_a_slip)],
    "overview": [
        Visit("/overview/", HEADQUARTERS),
        Visit("/overview/", REGION),
        Visit("/overview/?indicator=meets&view=table", HEADQUARTERS),
    ],
    "branch": [
        Visit("/branches/of/RU", HEADQUARTERS),
        Visit("/branches/of/RU-AD", REGION),
        Visit("/branches/of/RU-AD/1", REGION),
        Visit("/branches/of/RU-AD/4", REGION),
        Visit("/branches/of/RU-AD/7", SECRETARY),
    ],
    "silent": [
        Visit("/branches/silent/RU", HEADQUARTERS),
        Visit("/branches/silent/RU-AD/1", REGION),
    ],
    "branch-help": [
        Visit("/branches/help/RU-AD/7", SECRETARY),
        Visit("/branches/help/RU-AD/7", SECRETARY, status=422, then=_submit),
    ],
    "branch-controller": [
        Visit("/branches/controller/RU", OFFICER),
        Visit("/branches/controller/RU-AD", REGION),
        Visit("/branches/controller/RU-AD", REGION, status=422, then=_submit),
    ],
    "texts": [Visit("/texts/", SECRETARY), Visit("/texts/", HEADQUARTERS)],
    "text-version": [
        Visit("/texts/default/1/", SECRETARY),
        Visit("/texts/news/2/", HEADQUARTERS),
    ],
    "texts-waiting": [
        Visit("/texts/waiting/", HEADQUARTERS),
        Visit("/texts/waiting/", HEADQUARTERS, status=422, then=_refuse_without_a_reason),
        Visit("/texts/waiting/", OFFICER),
    ],
    "sheets": [
        Visit("/sheets/", SECRETARY),
        Visit("/sheets/", REGION),
        Visit("/sheets/", SECRETARY, status=422, then=_type_a_wrong_number),
    ],
    "sheets-print": [
        Visit("/sheets/", SECRETARY, then=_print_sheets),
        Visit("/sheets/", SECRETARY, then=_print_big_sheets),
    ],
    "sheet": [
        Visit("/sheets/{sheet_out}/", SECRETARY),
        Visit("/sheets/{sheet_out}/?q=Анна", SECRETARY),
        Visit("/sheets/{sheet_out}/", SECRETARY, status=422, then=_count_without_a_picture),
        Visit("/sheets/{sheet_back}/", SECRETARY),
    ],
    "ledger": [Visit("/ledger/", OFFICER), Visit("/ledger/?branch=RU-AL", OFFICER)],
    "ledger-person": [Visit("/ledger/?person={member}", OFFICER, then=_open_grounds)],
    "evidence": [
        Visit("/evidence/meets/of/RU", HEADQUARTERS),
        Visit("/evidence/meets/of/RU-AD?side=missed", REGION),
        Visit("/evidence/came/of/RU-AD/7?side=denominator", SECRETARY),
        Visit("/evidence/activists/of/RU-AD/7?side=missed", SECRETARY),
        Visit("/evidence/records-confirmed/of/RU-AD?side=missed", REGION),
        Visit("/evidence/posts-filled/of/RU", HEADQUARTERS),
        Visit("/evidence/precincts-covered/of/RU-AD?side=missed", REGION),
    ],
    "evidence-name": [
        Visit("/evidence/activists/of/RU-AD/7?side=missed", REGION, then=_open_a_participant),
    ],
    "evidence-mistake": [
        Visit("/evidence/came/mistake/RU-AD/7", SECRETARY),
        Visit("/evidence/came/mistake/RU-AD/7", SECRETARY, status=422, then=_submit),
    ],
    "request": [Visit("/requests/{request}/", SECRETARY)],
    "access": [
        Visit("/access/", HEADQUARTERS),
        Visit("/access/?signed_in=no", REGION),
        Visit("/access/", SECRETARY),
    ],
    "access-grant": [
        Visit("/access/grant/", REGION),
        Visit("/access/grant/", REGION, status=422, then=_submit),
    ],
    "people": [
        Visit("/people/", SECRETARY),
        Visit("/people/?affiliation=supporter", SECRETARY),
        Visit("/people/", REGION),
        Visit("/people/?q=а", REGION),
        Visit("/people/?q=zzzz", SECRETARY),
        Visit("/people/?q=.", SECRETARY, status=422),
    ],
    "access-waiting": [Visit("/access/waiting/", HEADQUARTERS)],
    "access-helpers": [
        Visit("/access/helpers/", SECRETARY),
        Visit("/access/helpers/", SECRETARY, status=422, then=_without_a_last_day),
    ],
    "access-factor": [Visit("/access/{region}/second-factor/", ADMINISTRATOR)],
    "access-end": [Visit("/access/{secretary}/end/", REGION)],
    "reach": [Visit("/reach/", HEADQUARTERS), Visit("/reach/?q=zzzz", HEADQUARTERS)],
    "standard": [Visit("/standard/")],
    "standard-version": [Visit("/standard/branch-work/2026.1/", HEADQUARTERS)],
    "event-list": [
        Visit("/events/", SECRETARY),
        Visit("/events/", HEADQUARTERS),
        Visit("/events/?status=cancelled&kind=council", REGION),
    ],
    "event-plan": [
        Visit("/events/plan/", SECRETARY),
        Visit("/events/plan/", SECRETARY, status=422, then=_submit),
        Visit("/events/plan/", SECRETARY, then=_fill_in_a_plan),
    ],
    "event": [
        *(
            Visit(f"/events/{{{state}}}/", SECRETARY)
            for state in ("ahead", "open", "held", "minuted", "cancelled")
        ),
        Visit("/events/{minuted}/", HEADQUARTERS),
    ],
    "event-invite": [
        Visit("/events/{ahead}/invite/", SECRETARY),
        Visit("/events/{cancelled}/invite/", SECRETARY, status=422, then=_submit),
    ],
    "event-invited": [
        Visit("/events/{ahead}/invited/", SECRETARY, then=_open_details),
        Visit("/events/{ahead}/invited/", SECRETARY, then=_ask_for_a_new_link),
        Visit("/events/{held}/invited/", SECRETARY),
    ],
    "person": [Visit("/events/{ahead}/invited/", SECRETARY, then=_open_person)],
    "person-reason": [
        Visit("/people/{person}/reason/", REGION),
        Visit("/people/{person}/reason/", REGION, status=422, then=_submit),
    ],
    "journal": [
        Visit("/journal/", OFFICER),
        Visit("/journal/?what=looks", OFFICER),
        Visit("/journal/?person=никто", OFFICER),
    ],
    "journal-verify": [Visit("/journal/", OFFICER, then=_submit)],
    "event-came": [
        *(
            Visit(f"/events/{{{state}}}/came/", SECRETARY)
            for state in ("ahead", "open", "held", "cancelled")
        ),
        Visit("/events/{held}/came/?sheet=1", SECRETARY),
    ],
    "event-sheet": [Visit("/events/{ahead}/sheet/", SECRETARY)],
    "event-screen": [
        Visit("/events/{open}/screen/", SECRETARY),
        Visit("/events/{ahead}/screen/", SECRETARY),
    ],
    "event-decided": [
        Visit("/events/{held}/decided/", SECRETARY),
        Visit("/events/{minuted}/decided/", SECRETARY),
    ],
    "event-minutes": [
        Visit("/events/{held}/minutes/", SECRETARY),
        Visit("/events/{minuted}/minutes/", HEADQUARTERS),
        Visit("/events/{ahead}/minutes/", SECRETARY),
    ],
    "event-correct": [
        Visit("/events/{held}/correct/", SECRETARY),
        Visit("/events/{held}/correct/", SECRETARY, status=422, then=_submit),
    ],
    "event-cancel": [
        Visit("/events/{ahead}/cancel/", SECRETARY),
        Visit("/events/{ahead}/cancel/", SECRETARY, status=422, then=_submit),
    ],
    "message-list": [
        Visit("/messages/", SECRETARY),
        Visit("/messages/?status=paused", REGION),
    ],
    "message-write": [
        Visit("/messages/write/", SECRETARY),
        Visit("/messages/write/", SECRETARY, status=422, then=_submit),
    ],
    "message": [
        Visit("/messages/{letter}/", SECRETARY),
        Visit("/messages/{letter_planned}/", SECRETARY),
    ],
    "message-change": [Visit("/messages/{letter}/change/", SECRETARY)],
    "message-leave": [
        Visit("/m/no-such-letter/", status=404),
        Visit("/m/{way_out}/"),
    ],
    "own-ask": [Visit("/me/"), Visit("/me/", status=422, then=_submit)],
    "own-link": [Visit("/me/link/no-such-link/", status=404)],
    "own-data": [Visit("/me/data/", SECRETARY)],
    "own-correct": [Visit("/me/data/correct/", SECRETARY)],
    "own-pressed": [
        Visit("/me/data/pressed/", SECRETARY),
        Visit("/me/data/pressed/", SECRETARY, status=422, then=_submit),
    ],
    "own-delete": [Visit("/me/data/delete/", SECRETARY)],
    "own-link-print": [Visit("/events/{ahead}/invited/", SECRETARY, then=_print_own_link)],
    "pressure": [Visit("/pressure/", COMMISSION)],
    "link-enter": [Visit("/i/"), Visit("/i/", status=422, then=_submit)],
    "link": [
        Visit("/i/{link_ahead}/"),
        Visit("/i/{link_open}/"),
        Visit("/i/{link_open}/", status=422, then=_submit),
        Visit("/i/ABCD-EFGH-JKMN-PQRS/", status=404),
    ],
    "check-in": [
        Visit("/c/{open}/000000/"),
        Visit("/c/{open}/000000/", status=422, then=_submit),
    ],
}

NO_PAGES = {
    "alive": "a word for whoever watches the server",
    "ready": "the same",
    "own-download": "a file to take away",
    "own-leave": "leads back to where a link is asked for",
    "own-withdraw": "leads back to one's own data",
    "person-contact-confirm": "leads back to the person",
    "pressure-handled": "leads back to the reports",
    "person-reach": "leads on to the device's own calls and letters",
    "ledger-verify": "leads back to the ledger",
    "sheet-image": "the picture itself",
    "home": "leads on to the overview",
    "sign-out": "leads on to the front page",
    "demo-sign-in": "leads on to the overview",
    "event-confirm": "leads back to the event",
    "factor-remove": "leads back to one's own sign-in",
    "end-devices": "leads back to one's own sign-in",
    "confirm": "asked before what is grave; tested where it is",
    "second-step": "open between a password and a session alone",
    "event-screen-code": "a part of the page event-screen",
    "message-progress": "a part of the page message",
    "message-plan": "leads back to the message",
    "message-do": "leads back to the message",
    "message-decide": "leads back to the message",
}

BESIDES: Sequence[Visit] = [
    Visit("/there/is/no/such/page/", status=404),
    Visit("/branches/of/RU-AL", REGION, status=404),
]
