"""Planning, correcting and cancelling by the pages."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from pervichka.foundation import clock
from pervichka.work.events.models import Correction, Event, EventStatus

TYPED = {
    "kind": "general_meeting",
    "title": "",
    "day": "2027-02-01",
    "begins": "18:30",
    "ends": "20:00",
    "venue": "Школа № 5",
    "description": "",
}


def test_the_answers_are_shown_and_only_then_planned_and_only_once(secretary: Client) -> None:
    check = secretary.post("/events/plan/", TYPED)
    assert Event.objects.count() == 0
    assert "18:30" in check.text
    found = re.search(r'name="event_id" value="([^"]+)"', check.text)
    assert found is not None

    for _ in range(2):
        saved = secretary.post(
            "/events/plan/", TYPED | {"step": "save", "event_id": found[1]}, follow=True
        )

    event = Event.objects.get()
    assert (event.title, event.venue) == ("General meeting", "Школа № 5")
    assert event.starts_at.isoformat() == "2027-02-01T15:30:00+00:00"
    assert "invite people" in saved.text


def test_what_is_missing_is_listed_and_what_was_typed_stays(secretary: Client) -> None:
    page = secretary.post("/events/plan/", TYPED | {"day": "", "begins": "late"})

    assert page.status_code == 422
    assert 'href="#day"' in page.text
    assert 'href="#begins"' in page.text
    assert "Школа № 5" in page.text


def test_a_correction_needs_its_reason(secretary: Client, ahead: Event) -> None:
    address = f"/events/{ahead.id}/correct/"
    assert "Школа № 5" in secretary.get(address).text

    refused = secretary.post(address, TYPED)
    assert refused.status_code == 422
    assert "Say why" in refused.text

    secretary.post(address, TYPED | {"venue": "Библиотека", "reason": "Школа занята"})
    ahead.refresh_from_db()
    assert ahead.venue == "Библиотека"
    page = secretary.get(f"/events/{ahead.id}/").text
    assert "Школа занята" in page
    assert Correction.objects.filter(field="venue").exists()


def test_cancelling_tells_why(secretary: Client, ahead: Event) -> None:
    assert secretary.post(f"/events/{ahead.id}/cancel/", {"reason": " "}).status_code == 422

    page = secretary.post(f"/events/{ahead.id}/cancel/", {"reason": "Метель"}, follow=True)

    ahead.refresh_from_db()
    assert ahead.status == EventStatus.CANCELLED
    assert "Метель" in page.text


def test_the_list_narrows_by_its_address(secretary: Client, ahead: Event) -> None:
    month = (clock.now() + timedelta(days=3)).strftime("%Y-%m")

    assert ahead.title in secretary.get(f"/events/?period={month}&status=planned").text
    assert "Nothing is found" in secretary.get("/events/?status=cancelled").text
    assert ahead.title in secretary.get("/events/?period=soon&status=maybe&kind=x").text


def test_the_list_is_taken_away_as_a_file_with_its_filters(secretary: Client, ahead: Event) -> None:
    planned = secretary.get("/events/?status=planned&form=csv").content.decode("utf-8-sig")
    held = secretary.get("/events/?status=held&form=csv").content.decode("utf-8-sig")

    assert planned.startswith("starts_at,title,kind,branch")
    assert ahead.title in planned
    assert ahead.title not in held


def test_what_comes_next_is_said_of_a_meeting_that_has_begun_too(secretary: Client) -> None:
    begun = timezone.localtime(clock.now()) - timedelta(minutes=1)
    typed = TYPED | {"day": f"{begun:%Y-%m-%d}", "begins": f"{begun:%H:%M}", "ends": ""}

    saved = secretary.post("/events/plan/", typed | {"step": "save"}, follow=True)

    assert "Next: tick those who came" in saved.text
