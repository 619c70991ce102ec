"""From the printed slip to one's own branch, without e-mail, in under a minute."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers, Site
from tests.journeys.reader import PHONE

pytestmark = JOURNEY


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_secretary_is_at_her_own_branch(reader: Readers, language: str) -> None:
    head = reader(language=language, of="RU-AD")
    page = head.open("/sign-ins/?who=all")
    line = page.locator(".box-row", has_text="RU-AD/3").or_(page.locator(".box-row").last)
    line.last.get_by_role("button").click()
    number = page.locator(".slip .token").last.inner_text()
    digits = page.locator(".slip-digits").inner_text()

    began = time.monotonic()
    secretary = reader(language=language, width=PHONE)
    mine = secretary.open("/sign-in/")
    mine.get_by_role("link", name=secretary.say("Войти по листку", "Sign in with a slip")).click()
    mine.locator("#number").fill(number)
    mine.locator("#digits").fill(digits)
    mine.get_by_role("main").get_by_role("button").click()
    mine.get_by_role("button", name=secretary.say("В моё отделение", "To my branch")).click()
    expect(mine.locator(".acting strong")).to_be_visible()
    assert "/branches/of/" in mine.url or "/overview/" in mine.url
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(("language", "which"), [("ru", 0), ("en", 1)])
def test_the_square_leads_to_her_own_branch_in_two_taps(
    reader: Readers, site: Site, language: str, which: int
) -> None:
    """She has never signed in, has no e-mail and types nothing."""
    secretary = reader(language=language, width=PHONE)
    page = secretary.open(site.organisation.slips[which])
    taps = 0
    while "/branches/of/RU-AL/" not in page.url:
        page.get_by_role("main").get_by_role("button").last.click()
        page.wait_for_load_state()
        taps += 1
        if page.url.endswith("/overview/"):
            break
    assert taps == 2
    expect(page.locator(".acting strong")).to_be_visible()
    assert "/branches/of/RU-AL/" in page.url or page.url.endswith("/overview/")

    # What the camera saw opens nothing a second time.
    someone = reader(language=language, width=PHONE)
    someone.open(site.organisation.slips[which], status=404)
