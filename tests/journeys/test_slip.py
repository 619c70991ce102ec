"""From the printed slip to one's own branch, without e-mail, in under a minute."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers
from tests.journeys.reader import PHONE

pytestmark = JOURNEY


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_secretary_is_at_her_own_branch(reader: Readers, language: str) -> None:
    head = reader(language=language, of="RU-AD")
    page = head.open("/sign-ins/?who=all")
    line = page.locator("label.box", has_text="RU-AD/3").or_(page.locator("label.box").last)
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
