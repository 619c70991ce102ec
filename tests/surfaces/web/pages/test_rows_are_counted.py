"""No page, file or answer names people beyond one's own branch without drawing on the budget.

The reader leads a region; everyone with a telling name is at home in a primary branch below it. A
new address is visited by itself; one that wants arguments fails here until it is said which.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from pervichka.foundation import clock
from pervichka.register.access.roles import LocalHead
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure import policy as rules
from pervichka.register.disclosure.models import RowBudget
from pervichka.register.people.actions import add_contact_point, print_sheets
from pervichka.register.people.models import ConsentSheet, ContactPoint, Person
from pervichka.register.posts.models import PostHolding
from pervichka.surfaces.api.application import api
from pervichka.work.casework.models import Appeal
from pervichka.work.events import actions
from pervichka.work.events.models import Event
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO
from tests.builders.casework import given, taken_down
from tests.builders.events import a_meeting, tick
from tests.builders.people import a_person
from tests.builders.texts import a_controller
from tests.builders.users import a_user_with_post
from tests.surfaces.web.pages.conftest import Country

TELLING = re.compile(r"Приметова(\d+)")
CODES = re.compile(r"telling-(\d+)")
# Pages that end what the reader is, or belong to a surface without a reader.
LEFT_OUT = {"sign-out", "demo-sign-in"}


@dataclass(frozen=True)
class Place:
    """What the addresses are filled with."""

    reader: Client
    people: list[Person]
    own_meeting: Event
    their_meeting: Event
    contact: ContactPoint
    holding: PostHolding
    sheet: ConsentSheet
    branch: Branch
    appeal: Appeal

    def arguments(self, name: str) -> list[Any]:
        """By the name of a page's address."""
        if name.startswith("event-"):
            return [self.own_meeting.id]
        if name in {"appeal", "appeal-answer", "appeal-printed", "appeal-reach"}:
            return [self.appeal.id]
        if name in {"appeal-file-add", "appeal-letter-write"}:
            return [self.appeal.id]
        return {
            "branch": [self.branch.code],
            "branch-help": [self.branch.code],
            "branch-controller": [self.branch.code],
            "silent": [self.branch.code],
            "evidence": ["came", self.branch.code],
            "evidence-mistake": ["came", self.branch.code],
            "event": [self.their_meeting.id],
            "person": [self.people[0].id],
            "person-reach": [self.contact.id],
            "access-end": [self.holding.id],
            "request": [1],
            "slip": ["no-such-slip"],
            "link": ["no-such-link"],
            "check-in": [self.own_meeting.id, "000000"],
            "standard-version": ["branch-work", "2026.1"],
            "factor-remove": [1],
            "export-file": [self.holding.id],
            "person-reason": [self.people[0].id],
            "person-contact-confirm": [self.contact.id],
            "own-link-print": [self.people[0].id],
            "own-link": ["no-such-link"],
            "evidence-name": ["came", self.branch.code],
            "access-factor": [self.holding.id],
            "text-version": ["default", 1],
            "sheet": [self.sheet.number],
            "sheet-image": [self.sheet.number],
            "scan": [self.holding.id],
            "scan-image": [self.holding.id],
            "text-propose": ["default"],
            "pressure-handled": [self.holding.id],
            "ask-own": [1, "0000-0000-0000"],
            "ask-delete": [1, "0000-0000-0000"],
            "ask-file": [1, "0000-0000-0000", self.holding.id],
            "visit-own": [1, "0000-0000-0000"],
            "visit-delete": [1, "0000-0000-0000"],
            "visit-book": [self.holding.id],
            "appeal-hours-page": [self.holding.id],
            "appeal-file": [self.appeal.id, self.holding.id],
            "appeal-letter-page": [self.appeal.id, self.holding.id],
        }[name]

    @property
    def filled(self) -> dict[str, str]:
        """What stands in braces in an address of the API."""
        return {"code": self.branch.code, "id": str(self.people[0].id)}


@pytest.fixture
def place(country: Country) -> Place:
    people = [
        a_person(branch=country.active, last_name=f"Приметова{number}", code=f"telling-{number}")
        for number in range(4)
    ]
    # So soon that the doors are open, and nobody is late to be invited yet.
    soon = clock.now() + timedelta(minutes=5)
    own = a_meeting(branch=country.region, starts_at=soon, planned_at=clock.now())
    actions.invite(event=own, affiliations=["member"], by=OPERATOR, at=clock.now())
    theirs = a_meeting(branch=country.active, starts_at=clock.now() - timedelta(days=1))
    tick(theirs, people)
    user = a_user_with_post(branch=country.silent, kind="secretary", person=people[1])
    contact = add_contact_point(
        person=people[0], kind="phone", value="89001234567", by=OPERATOR, at=LONG_AGO
    )
    a_controller(branch=country.root)
    (sheet,) = print_sheets(
        text_code="default",
        branch=country.active,
        person=people[0],
        language="ru",
        by=OPERATOR,
        at=clock.now(),
    )
    reader = country.reader(country.region, "regional_head")
    # From above, a name opens once a reason was given.
    reader.post(f"/people/{people[0].id}/reason/", {"quick": "record"})
    return Place(
        reader=reader,
        people=people,
        own_meeting=own,
        their_meeting=theirs,
        contact=contact,
        holding=PostHolding.objects.get(user=user),
        sheet=sheet,
        branch=country.active,
        appeal=taken_down(
            branch=country.active, what=given(name="Приметова9"), at=clock.now(), by=OPERATOR
        ),
    )


def page_names() -> Iterator[str]:
    pages = next(
        one
        for one in get_resolver().url_patterns
        if isinstance(one, URLResolver) and one.app_name == "web"
    )
    yield from _below(pages)


def _below(resolver: URLResolver) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _below(one)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name


def addresses(place: Place) -> dict[str, str]:
    """By name: every page, each also as a file, and every answer of the API that is read."""
    found = {}
    for name in set(page_names()) - LEFT_OUT:
        try:
            address = reverse(f"web:{name}")
        except NoReverseMatch:
            address = reverse(f"web:{name}", args=place.arguments(name))
        found[name] = address + "?period=2026-10&who=all"
        found[f"{name} as a file"] = address + "?period=2026-10&form=csv"
    paths = api.get_openapi_schema()["paths"]
    for path, methods in paths.items():
        if "get" in methods:
            # Whoever signs in is at home in one branch and holds a post of another.
            branch = "" if path.endswith("/access") else place.branch.code
            query = f"?branch={branch}&indicator=came&period=2026-10"
            found[f"GET {path}"] = path.format(**place.filled) + query
    return found


def spent() -> int:
    return RowBudget.objects.aggregate(all=Sum("spent"))["all"] or 0


def named(text: str) -> set[str]:
    """JSON may spell letters by their numbers."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return set(TELLING.findall(text)) | set(CODES.findall(text))


def test_whoever_is_named_is_counted(place: Place) -> None:
    shown = set()
    uncounted = []
    for name, address in addresses(place).items():
        before = spent()
        answer = place.reader.get(address)
        people = named(answer.content.decode(errors="replace"))
        shown |= {name} if people else set()
        if len(people) > spent() - before:
            uncounted.append(f"{name} names {len(people)} and counts {spent() - before}")
    assert uncounted == []
    # Those that do name somebody, so that this test can't pass by seeing nothing.
    assert {
        "person",
        "people",
        "sheets",
        "sheet",
        "access",
        "access-end",
        "sign-ins",
        "event-came",
        "event-sheet",
        "event-invited",
        "GET /api/v1/access",
        "GET /api/v1/people",
        "GET /api/v1/people/{id}",
    } <= shown


def posts(place: Place) -> dict[str, tuple[str, dict[str, str]]]:
    """What names people once something is sent."""
    own = place.own_meeting.id
    return {
        "person-reach": (f"/people/contacts/{place.contact.id}/", {"use": "show"}),
        "sign-ins-print": (
            "/sign-ins/print/",
            {"holding": str(place.holding.id), "language": "ru"},
        ),
        "event-invited": (
            f"/events/{own}/invited/",
            {"do": "link", "person": str(place.people[0].id)},
        ),
    }


@pytest.mark.parametrize("name", ["person-reach", "sign-ins-print", "event-invited"])
def test_whoever_is_named_in_reply_is_counted(place: Place, name: str) -> None:
    address, body = posts(place)[name]
    answer = place.reader.post(address, body)
    people = named(answer.text)
    assert len(people) == spent() == 1


def test_numbered_participants_of_others_are_counted(place: Place) -> None:
    for address in (
        f"/events/{place.their_meeting.id}/",
        f"/evidence/came/of/{place.branch.code}?period=2026-10",
        f"/api/v1/explain?branch={place.branch.code}&indicator=came&period=2026-10",
    ):
        before = spent()
        answer = place.reader.get(address)
        assert answer.status_code == 200
        assert named(answer.text) == set()
        assert spent() - before >= 4


def test_appeals_of_others_are_counted(place: Place) -> None:
    """Nobody is named in them; branch, day and subject are often enough to know someone by."""
    for address in (
        "/appeals/?whose=all",
        "/appeals/?whose=all&form=csv",
        f"/appeals/{place.appeal.id}/",
        "/api/v1/appeals",
        f"/api/v1/appeals/{place.appeal.id}",
    ):
        before = spent()
        answer = place.reader.get(address)
        assert answer.status_code == 200
        assert named(answer.text) == set()
        assert spent() - before == 1


def test_a_page_beyond_the_budget_says_when_it_is_full_and_whom_to_ask(
    country: Country, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_user_with_post(branch=country.root, kind="data_protection_officer")
    monkeypatch.setattr(rules.Policy, "rows_a_day", lambda _self, _level: 3)
    page = f"/events/{place.own_meeting.id}/sheet/"

    answer = place.reader.get(page)

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 24 * 3600
    assert "3 of 3 are left to you today" in answer.text
    assert "full again on" in answer.text
    assert "Data protection officer, The organisation" in answer.text
    assert named(answer.text) == set()
    # Less than that is shown still.
    assert place.reader.get(f"/people/{place.people[0].id}/").status_code == 200
    answer = place.reader.get("/api/v1/people", {"branch": place.branch.code})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "are left today" in answer.json()["refused"][0]["message"]


def test_holders_of_posts_draw_on_it_like_any_people(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    under = f"/api/v1/access?branch={place.holding.branch.code}"
    monkeypatch.setattr(rules.Policy, "rows_a_day", lambda _self, _level: 1)
    assert named(place.reader.get(under).text) == {"1"}
    assert spent() == 1
    for address in (under, "/access/", "/sign-ins/?who=all"):
        answer = place.reader.get(address)
        assert answer.status_code == 429
        assert named(answer.content.decode()) == set()
    assert spent() == 1


def test_what_the_budget_forbids_is_neither_done_nor_journalled(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules.Policy, "rows_a_day", lambda _self, _level: 0)
    for address, body in posts(place).values():
        assert place.reader.post(address, body).status_code == 429
    assert spent() == 0


def test_one_s_own_branch_never_exhausts_it(
    country: Country, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules.Policy, "rows_a_day", lambda _self, _level: 0)
    secretary = country.reader(country.active, "secretary")
    for address in (
        f"/people/{place.people[0].id}/",
        f"/evidence/came/of/{country.active.code}?period=2026-10",
        f"/events/{place.their_meeting.id}/came/",
        f"/api/v1/people?branch={country.active.code}",
    ):
        answer = secretary.get(address)
        assert answer.status_code == 200
        assert named(answer.text) or "Иванова" in answer.text
    assert spent() == 0


def test_whoever_sees_no_names_is_counted_all_the_same(country: Country, place: Place) -> None:
    assert "people.see" in LocalHead.permissions
    editor = country.reader(country.root, "headquarters_editor")
    assert editor.get(f"/evidence/came/of/{country.active.code}?period=2026-10").status_code == 200
    assert spent() >= 4
