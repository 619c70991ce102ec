"""A meeting is three screens: who came, what was decided, print the minutes."""

from django.test import Client

from pervichka.register.people.models import Person
from pervichka.work.events import queries
from pervichka.work.events.models import Attendance, AttendanceMeans, Event, EventStatus


def test_three_screens(secretary: Client, going_on: Event, people: list[Person]) -> None:
    ids = [str(person.id) for person in people[:3]]

    after_ticks = secretary.post(
        f"/events/{going_on.id}/came/", {"person": ids, "heads": "4"}, follow=True
    )
    going_on.refresh_from_db()
    assert (going_on.status, going_on.head_count) == (EventStatus.HELD, 4)
    assert "What was decided" in after_ticks.text

    after_decisions = secretary.post(
        f"/events/{going_on.id}/decided/",
        {
            "agenda": "О скамейках\n",
            "decision": ["Поставить скамейки", ""],
            "for": ["3", ""],
            "against": ["", ""],
            "abstained": ["1", ""],
            "text": "",
        },
        follow=True,
    )
    assert "Поставить скамейки" in after_decisions.text
    assert "for 3, against 0, abstained 1" in after_decisions.text

    secretary.post(f"/events/{going_on.id}/minutes/")
    assert queries.presence_of(going_on).has_quorum
    going_on.refresh_from_db()
    assert going_on.minutes.published_at is not None


def test_miscounted_heads_are_said_in_words_and_the_ticks_stay(
    secretary: Client, going_on: Event, people: list[Person]
) -> None:
    ids = [str(person.id) for person in people[:3]]

    page = secretary.post(f"/events/{going_on.id}/came/", {"person": ids, "heads": "2"})

    assert page.status_code == 422
    assert "3 people are in the list, and only 2 heads were counted" in page.text
    assert page.text.count("checked") == 3
    going_on.refresh_from_db()
    assert going_on.status == EventStatus.PLANNED


def test_votes_in_letters_are_refused_each_by_its_field(
    secretary: Client, going_on: Event, people: list[Person]
) -> None:
    secretary.post(f"/events/{going_on.id}/came/", {"person": str(people[0].id), "heads": ""})

    page = secretary.post(
        f"/events/{going_on.id}/decided/",
        {
            "decision": ["One", "Two"],
            "for": ["3", "all"],
            "against": ["none", ""],
            "abstained": ["", ""],
        },
    )

    assert page.status_code == 422
    for field in ("against-1", "for-2"):
        assert f'href="#{field}"' in page.text
        assert f'id="{field}"' in page.text
    assert page.text.count('aria-invalid="true"') == 2


def test_heads_in_letters_are_refused(secretary: Client, going_on: Event) -> None:
    page = secretary.post(f"/events/{going_on.id}/came/", {"heads": "many"})

    assert page.status_code == 422
    assert "whole number" in page.text


def test_a_sheet_prints_and_is_ticked_back(
    secretary: Client, going_on: Event, people: list[Person]
) -> None:
    assert people[0].full_name in secretary.get(f"/events/{going_on.id}/sheet/").text

    secretary.post(
        f"/events/{going_on.id}/came/", {"person": [str(people[0].id)], "sheet": "1", "heads": ""}
    )

    assert Attendance.objects.get().means == AttendanceMeans.SHEET


def test_after_the_meeting_a_tick_needs_a_reason(
    secretary: Client, going_on: Event, people: list[Person]
) -> None:
    address = f"/events/{going_on.id}/came/"
    secretary.post(address, {"person": [str(people[0].id)], "heads": ""})
    both = [str(person.id) for person in people[:2]]

    assert secretary.post(address, {"person": both, "heads": ""}).status_code == 422
    secretary.post(address, {"person": both, "heads": "", "reason": "Опоздал"})

    assert Attendance.objects.count() == 2
    assert "Опоздал" in secretary.get(f"/events/{going_on.id}/").text


def test_nothing_is_ticked_days_ahead(secretary: Client, ahead: Event) -> None:
    page = secretary.get(f"/events/{ahead.id}/came/")

    assert "It has not begun" in page.text
    assert 'name="person"' not in page.text


def test_the_code_stands_on_the_screen_until_check_in_is_closed(
    secretary: Client, going_on: Event
) -> None:
    address = f"/events/{going_on.id}/screen/"
    assert "Open check-in" in secretary.get(address).text

    opened = secretary.post(address, {"do": "open"}, follow=True)
    assert "<svg" in opened.text
    assert "style=" not in opened.text

    secretary.post(address, {"do": "close"})
    assert "Check-in is closed" in secretary.get(f"{address}code/").text
