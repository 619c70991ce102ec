"""Whoever loses the post loses it in every browser within a minute, and in the API too."""

import time

from tests.journeys import JOURNEY
from tests.journeys.conftest import Readers
from tests.journeys.reader import PHONE

pytestmark = JOURNEY


def test_two_sessions_end_within_a_minute(reader: Readers) -> None:
    head = reader(of="RU-AL")
    desk, phone = reader(), reader(width=PHONE)
    for someone in (desk, phone):
        someone.sign_in("leaving")
        someone.expect(404)
        someone.open("/people/")
    holders = head.open("/access/?branch=RU-AL/2")
    holders.get_by_role("link", name="Прекратить полномочия").first.click()
    holders.get_by_role("main").get_by_role("button").click()
    holders.wait_for_url("**/access/")
    began = time.monotonic()

    for someone in (desk, phone):
        someone.expect(401)
        answer = someone.page.request.get("/api/v1/people?branch=RU-AL/2")
        assert answer.status == 401
        someone.open("/people/")
        assert "/sign-in/" in someone.page.url
    assert time.monotonic() - began < 60
