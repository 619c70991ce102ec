"""Russian and English: the switch, and plural forms. Untranslated texts: see test_every_page."""

import pytest
from playwright.sync_api import expect

from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers
from tests.journeys.reader import PHONE, Reader

pytestmark = JOURNEY

# Of so many primary branches none has met, and all are silent.
RUSSIAN = {
    1: ("0 из 1 первичного отделения (0 %)", "Молчит 1 отделение"),
    2: ("0 из 2 первичных отделений (0 %)", "Молчат 2 отделения"),
    5: ("0 из 5 первичных отделений (0 %)", "Молчат 5 отделений"),
    21: ("0 из 21 первичного отделения (0 %)", "Молчит 21 отделение"),
}
ENGLISH = {
    1: ("0 of 1 primary branch met with a quorum (0 %)", "1 primary branch is silent"),
    2: ("0 of 2 primary branches met with a quorum (0 %)", "2 primary branches are silent"),
    5: ("0 of 5 primary branches met with a quorum (0 %)", "5 primary branches are silent"),
    21: ("0 of 21 primary branches met with a quorum (0 %)", "21 primary branches are silent"),
}


@pytest.mark.parametrize("size", [1, 2, 5, 21])
@pytest.mark.parametrize(("language", "texts"), [("ru", RUSSIAN), ("en", ENGLISH)])
def test_plural_forms_of_the_overview(
    reader: Readers, language: str, texts: dict[int, tuple[str, str]], size: int
) -> None:
    head = reader(language=language, of=f"RU-AMU/округ-{size}")
    page = head.open("/overview/")
    met, silent = texts[size]

    assert met in head.heading()
    expect(page.get_by_role("link", name=silent, exact=True)).to_be_visible()


@pytest.mark.parametrize("path", ["/overview/?indicator=meets&view=table", "/reach/?q=майк"])
def test_the_switch_keeps_the_page(reader: Readers, path: str) -> None:
    head = reader(of="RU-AD", width=PHONE)
    page = head.open(path)
    address, russian = page.url, head.heading()
    assert language_of(head) == "ru"

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Русский")).to_be_visible()
    assert (page.url, language_of(head)) == (address, "en")
    assert head.heading() != russian

    head.open("/events/")
    assert language_of(head) == "en"
    head.open(path)
    page.get_by_role("button", name="Русский").click()
    expect(page.get_by_role("button", name="English")).to_be_visible()
    assert (page.url, language_of(head), head.heading()) == (address, "ru", russian)


def language_of(someone: Reader) -> str | None:
    return someone.page.locator("html").get_attribute("lang")
