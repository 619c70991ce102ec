"""What everyone may read, what can be taken away, and the way without a mouse."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers
from tests.journeys.reader import PHONE, Reader

pytestmark = JOURNEY

MOST_TABS = 60


@pytest.mark.parametrize("language", ["ru", "en"])
def test_everyone_reads_the_standard(reader: Readers, language: str) -> None:
    stranger = reader(language=language, width=PHONE)
    page, say = stranger.open("/"), stranger.say
    page.get_by_role("main").get_by_role(
        "link", name=say("Прочесть стандарт", "Read the standard")
    ).click()

    title = say("Стандарт работы отделений", "Standard of branch work")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    for text in (
        say("Первичные отделения, собравшиеся с кворумом", "Primary branches that met with a quor"),
        say("100 баллов при 95 %", "100 points at 95 %"),
    ):
        assert text in stranger.main()


def test_precincts_without_a_branch_open_as_a_table(reader: Readers, tmp_path: Path) -> None:
    page = reader(of="RU").open("/reach/")
    assert "2 из 43 участков" in page.get_by_role("heading", level=1).inner_text()

    with page.expect_download() as downloading:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)

    assert file.name == "precincts-without-branch.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["region"], row["number"], row["registered_voters"]) for row in rows] == [
        ("RU-AD", "4", "504"),
        ("RU-AL", "4", "504"),
    ]


def test_from_the_skip_link_to_a_region_without_a_mouse(reader: Readers) -> None:
    headquarters = reader(of="RU")
    page = headquarters.open("/overview/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="К содержанию")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    tab_to(headquarters, ".tile")
    name = page.locator(".tile:focus .unseen").first.inner_text().strip()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_on_a_phone_the_sections_open_without_a_mouse(reader: Readers) -> None:
    someone = reader(of="RU", width=PHONE)
    page = someone.open("/overview/")
    sections = page.get_by_role("navigation", name="Разделы")
    expect(sections.get_by_role("link").first).to_be_hidden()

    tab_to(someone, ".menu > summary")
    page.keyboard.press("Enter")
    tab_to(someone, ".menu a[href='/reach/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/reach/$"))


def test_a_wide_screen_shows_every_section(reader: Readers) -> None:
    page = reader(of="RU").open("/overview/")
    sections = page.get_by_role("navigation", name="Разделы")
    expect(sections.get_by_role("link", name="Охват")).to_be_visible()
    expect(page.locator(".menu > summary")).to_be_hidden()


def tab_to(someone: Reader, selector: str) -> None:
    """Press Tab until such an element has the focus, which must show each time."""
    for _ in range(MOST_TABS):
        someone.page.keyboard.press("Tab")
        focused = someone.page.locator(":focus")
        assert focused.count() == 1, "the focus is lost"
        shown = focused.evaluate(
            "it => getComputedStyle(it).outlineStyle !== 'none'"
            " || getComputedStyle(it).boxShadow !== 'none'"
        )
        assert shown, focused.evaluate("it => it.outerHTML")
        if someone.page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"no {selector} in {MOST_TABS} presses of Tab")
