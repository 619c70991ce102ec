"""Pages of appeals and open hours: see `visits`."""

from collections.abc import Sequence

from playwright.sync_api import Page

from tests.journeys.visit import HEADQUARTERS, REGION, SECRETARY, Visit
from tests.journeys.visit import arriving as _arriving
from tests.journeys.visit import submit as _submit


def _ask_about_a_yard(page: Page) -> int:
    page.locator("input[value=yard]").check()
    return _submit(page)


def _ask_whom_we_answer(page: Page) -> int:
    """Through every question up to the contacts."""
    _ask_about_a_yard(page)
    page.locator("#region").select_option(REGION)
    _submit(page)
    page.locator("input[name=local]").first.check()
    _submit(page)
    page.locator("#words").fill("Не горит фонарь")
    return _submit(page)


def _check_an_appeal(page: Page) -> int:
    _ask_whom_we_answer(page)
    page.locator("#name").fill("Анна")
    page.locator("#address").fill("ул. Лесная, 1")
    page.locator("#agreed").check()
    return _submit(page)


def _take_down(page: Page) -> int:
    page.locator("#subject").select_option("yard")
    page.locator("#words").fill("Не горит фонарь")
    page.locator("#name").fill("Анна")
    page.locator("#phone").fill("+79000000001")
    return _submit(page)


def _show_contact(page: Page) -> int:
    return _arriving(page, page.locator("button[value=show]").first)


VISITS: dict[str, Sequence[Visit]] = {
    "ask": [Visit("/ask/")],
    "ask-new": [
        Visit("/ask/new/"),
        Visit("/ask/new/", status=422, then=_submit),
        Visit("/ask/new/", then=_ask_about_a_yard),
        Visit("/ask/new/", then=_ask_whom_we_answer),
        Visit("/ask/new/", then=_check_an_appeal),
    ],
    "ask-follow": [Visit("/ask/follow/"), Visit("/ask/follow/", status=422, then=_submit)],
    "ask-about": [Visit("/ask/about/")],
    "ask-own": [
        Visit("/ask/{own_late}/?sent=1"),
        Visit("/ask/{own_answered}/"),
        Visit("/ask/1/0000-0000-0000/", status=404),
    ],
    "ask-delete": [Visit("/ask/{own_late}/delete/"), Visit("/ask/{own_answered}/delete/")],
    "visit-delete": [Visit("/ask/visit/{own_visit}/delete/")],
    "visit": [Visit("/ask/visit/"), Visit("/ask/visit/?region=RU-AL")],
    "visit-book": [
        Visit("/ask/visit/{hours}/"),
        Visit("/ask/visit/{hours}/", status=422, then=_submit),
    ],
    "visit-own": [Visit("/ask/visit/{own_visit}/")],
    "appeal-list": [
        Visit("/appeals/", SECRETARY),
        Visit("/appeals/?whose=all&state=all", REGION),
        Visit("/appeals/?state=overdue&subject=work", SECRETARY),
    ],
    "appeal-record": [
        Visit("/appeals/record/", SECRETARY),
        Visit("/appeals/record/", SECRETARY, status=422, then=_submit),
        Visit("/appeals/record/", SECRETARY, then=_take_down),
    ],
    "appeal-about": [Visit("/appeals/about/", REGION), Visit("/appeals/about/", HEADQUARTERS)],
    "appeal-templates": [
        Visit("/appeals/templates/", SECRETARY),
        Visit("/appeals/templates/", REGION, status=422, then=_submit),
    ],
    "appeal-hours": [Visit("/appeals/hours/", SECRETARY), Visit("/appeals/hours/", REGION)],
    "appeal-hours-announce": [
        Visit("/appeals/hours/announce/", SECRETARY),
        Visit("/appeals/hours/announce/", SECRETARY, status=422, then=_submit),
    ],
    "appeal-hours-page": [Visit("/appeals/hours/{hours}/", SECRETARY)],
    "appeal": [
        *(
            Visit(f"/appeals/{{{state}}}/", SECRETARY)
            for state in ("fresh", "late", "answered", "closed")
        ),
        Visit("/appeals/{late}/", REGION),
    ],
    "appeal-answer": [
        Visit("/appeals/{late}/answer/", SECRETARY),
        Visit("/appeals/{late}/answer/", SECRETARY, status=422, then=_submit),
    ],
    "appeal-printed": [Visit("/appeals/{answered}/printed/", SECRETARY)],
    "appeal-reach": [Visit("/appeals/{late}/", SECRETARY, then=_show_contact)],
    "appeal-letter-write": [
        Visit("/appeals/{late}/letters/", SECRETARY),
        Visit("/appeals/{late}/letters/", SECRETARY, status=422, then=_submit),
    ],
    "appeal-letter-page": [Visit("/appeals/{late}/letters/{letter}/", SECRETARY)],
}

NO_PAGES = {
    "ask-file": "a picture, or a document to save",
    "appeal-file": "a picture, or a document to save",
    "appeal-file-add": "leads back to the appeal",
}
