"""Every page of the site: who opens it, at which address, with which answer.

Keyed by the name of the page's address pattern, so that a page without a visit is noticed. A page
in several states has several visits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.journeys.organisation import OFFICER, PASSWORD, Organisation

STRANGER = ""
HEADQUARTERS, REGION, SECRETARY = "RU", "RU-AD", "RU-AD/7"
# Leads a region whose people they were shown all day.
SHOWN_ENOUGH = "RU-AL"


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
        )


def _submit(page: Page) -> int:
    return _arriving(page, page.get_by_role("main").locator("form[method=post] button").first)


def _fill_in_a_plan(page: Page) -> int:
    page.locator("#day").fill("2031-05-01")
    return _submit(page)


def _ask_for_a_new_link(page: Page) -> int:
    page.locator("details summary").first.click()
    return _arriving(page, page.locator("details[open] button[value=link]"))


def _open_person(page: Page) -> int:
    return _arriving(page, page.locator("main h2.name a").first)


def _print_a_slip(page: Page) -> int:
    return _arriving(page, page.locator("label button").last)


def _open_details(page: Page) -> int:
    page.locator("details summary").first.click()
    return 200


def _ask_for_an_export(page: Page) -> int:
    """Whoever signed in a while ago shows their password once more on the way."""
    if page.locator("#password").count():
        page.locator("#password").fill(PASSWORD)
        _submit(page)
    page.locator("input[name=purpose]").first.check()
    page.locator("#words").fill("Сверка перед собранием")
    return _submit(page)


def _ask_for_nothing(page: Page) -> int:
    if page.locator("#password").count():
        page.locator("#password").fill(PASSWORD)
        _submit(page)
    return _submit(page)


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
    "evidence": [
        Visit("/evidence/meets/of/RU", HEADQUARTERS),
        Visit("/evidence/meets/of/RU-AD?side=missed", REGION),
        Visit("/evidence/came/of/RU-AD/7?side=denominator", SECRETARY),
        Visit("/evidence/activists/of/RU-AD/7?side=missed", SECRETARY),
        Visit("/evidence/records-confirmed/of/RU-AD?side=missed", REGION),
        Visit("/evidence/posts-filled/of/RU", HEADQUARTERS),
        Visit("/evidence/precincts-covered/of/RU-AD?side=missed", REGION),
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
    "access-waiting": [Visit("/access/waiting/", HEADQUARTERS)],
    "access-helpers": [
        Visit("/access/helpers/", SECRETARY),
        Visit("/access/helpers/", SECRETARY, status=422, then=_submit),
    ],
    "access-end": [Visit("/access/{secretary}/end/", REGION)],
    "exports": [
        Visit("/exports/", SECRETARY),
        Visit("/exports/", REGION),
        Visit("/exports/", OFFICER),
    ],
    "export-ask": [
        Visit("/exports/ask/", SECRETARY),
        Visit("/exports/ask/", SECRETARY, then=_ask_for_an_export),
        Visit("/exports/ask/", SECRETARY, status=422, then=_ask_for_nothing),
    ],
    "budgets": [Visit("/exports/budgets/", OFFICER)],
    "call-list": [
        Visit("/people/calls/", SECRETARY),
        Visit("/people/calls/", SECRETARY, then=_submit),
        Visit("/people/calls/", REGION),
    ],
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
    "person-reach": "leads on to the device's own calls and letters",
    "export-file": "a file to download",
    "home": "leads on to the overview",
    "sign-out": "leads on to the front page",
    "demo-sign-in": "leads on to the overview",
    "event-confirm": "leads back to the event",
    "factor-remove": "leads back to one's own sign-in",
    "end-devices": "leads back to one's own sign-in",
    "confirm": "asked before what is grave; tested where it is",
    "second-step": "open between a password and a session alone",
    "event-screen-code": "a part of the page event-screen",
}

BESIDES: Sequence[Visit] = [
    Visit("/there/is/no/such/page/", status=404),
    Visit("/branches/of/RU-AL", REGION, status=404),
    Visit("/evidence/records-confirmed/of/RU-AL?side=missed", SHOWN_ENOUGH, status=429),
]
