"""Wherever a page or the API names somebody, the look is in the journal.

Every page that journeys visit is opened by its reader; where a name of the register's stands in
the answer, an entry must have been written that says so. A new page is looked at by being visited.
"""

import json

import pytest
from django.http import HttpResponse
from django.test import Client

from pervichka.foundation.journal.models import Entry
from pervichka.register.accounts.models import User
from tests.builders import casework
from tests.journeys.organisation import Organisation, build, people_of
from tests.journeys.visits import REGION, SECRETARY, VISITS
from tests.surfaces.web.conftest import static_files_as_they_lie

__all__ = ["static_files_as_they_lie"]

NAMES = ("Иваненко", "Петренко", "Сидоренко")
# Whoever asked is in no register; what they wrote is theirs as much as their name.
ASKED = (casework.NAME, casework.WORDS, "Просим починить.", "Вера")


def looks() -> int:
    return Entry.objects.filter(look=True).count()


def words(answer: HttpResponse) -> str:
    """What the answer says; JSON with its letters as they are read."""
    if answer["Content-Type"].startswith("application/json"):
        return json.dumps(json.loads(answer.content), ensure_ascii=False)
    return answer.content.decode(errors="replace")


def reader(organisation: Organisation, of: str) -> Client:
    client = Client(headers={"accept-language": "ru"})
    client.force_login(User.objects.get(name=organisation.head[of]))
    return client


@pytest.mark.django_db(transaction=True)
def test_whoever_is_named_was_looked_at(tmp_path):
    organisation = build(tmp_path)
    # The first is the secretary herself, whose own page is no look.
    own, other = people_of(SECRETARY)[1], people_of("RU-AD/1")[0]
    visited = {
        (visit.of, visit.address(organisation)) for all_ in VISITS.values() for visit in all_
    }
    visited |= {
        (SECRETARY, f"/people/{own.id}/"),
        (REGION, f"/people/{other.id}/reason/"),
        (SECRETARY, f"/api/v1/people?branch={SECRETARY}"),
        (REGION, f"/api/v1/people?branch={REGION}&limit=5"),
        (SECRETARY, f"/api/v1/people/{own.id}"),
        (SECRETARY, f"/api/v1/appeals/{organisation.appeal['late']}"),
        (REGION, f"/api/v1/people/{other.id}"),
    }
    readers = {of: reader(organisation, of) for of, _ in visited if of}
    unseen, naming = [], set()
    for of, address in sorted(visited):
        if not of or address.startswith("/me/"):
            continue  # A personal link, and one's own data: they name their own holder alone.
        before = looks()
        text = words(readers[of].get(address, follow=True))
        if any(name in text for name in (*NAMES, *ASKED)):
            naming.add(address)
            if looks() == before:
                unseen.append((of, address))
    assert unseen == []
    # The test itself would find nothing if names were spelt otherwise.
    assert f"/people/{own.id}/" in naming
    assert f"/api/v1/people?branch={SECRETARY}" in naming
    late, hours = organisation.appeal["late"], organisation.appeal["hours"]
    assert {f"/appeals/{late}/", f"/appeals/{late}/answer/", f"/appeals/hours/{hours}/"} <= naming
    assert f"/api/v1/appeals/{late}" in naming
    # From above, nothing is named before a reason was given.
    assert f"/people/{other.id}/reason/" not in naming
    assert f"/api/v1/people/{other.id}" not in naming
