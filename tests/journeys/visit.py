"""One visit of a page: who opens it, and what is done there before it is looked over."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.journeys.organisation import Organisation

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
            **organisation.appeal,
        )


def submit(page: Page) -> int:
    return arriving(page, page.get_by_role("main").locator("form[method=post] button").first)


def arriving(page: Page, button: Locator) -> int:
    with page.expect_navigation() as arriving:
        button.click()
    answer = arriving.value
    assert answer is not None
    return answer.status
