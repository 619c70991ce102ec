"""The journal's pages: who reads them, what a search finds, and the proof of the chain."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client

from pervichka.foundation.journal import sealing
from pervichka.foundation.journal.models import Entry
from pervichka.register.people.actions import add_contact_point, open_name
from pervichka.register.posts.queries import actor_for
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_branch, a_root
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Town:
    """RU ─ two regions, each with a primary branch of one person; each person was looked at."""

    def __init__(self) -> None:
        self.root = a_root()
        self.region = a_branch(code="RU-AD", level="regional", parent=self.root)
        self.other = a_branch(code="RU-AL", level="regional", parent=self.root)
        self.primary = a_branch(code="RU-AD/1", parent=self.region)
        self.away = a_branch(code="RU-AL/1", parent=self.other)
        self.anna = a_person(branch=self.primary, code="anna")
        self.boris = a_person(branch=self.away, code="boris", last_name="Борисов")
        add_contact_point(person=self.anna, kind="phone", value="89001234567", by=OPERATOR, at=AT)
        for person, region in ((self.anna, self.region), (self.boris, self.other)):
            open_name(person_id=person.id, reason="record", by=head_of(region), at=AT)

    def reader(self, branch, kind="data_protection_officer", language="en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(a_user_with_post(branch=branch, kind=kind))
        return client


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.mark.parametrize(
    ("kind", "status"),
    [("data_protection_officer", 200), ("control_commission", 200), ("regional_head", 404)],
)
def test_who_reads_the_journal(town, kind, status):
    reader = town.reader(town.region, kind)
    assert reader.get("/journal/").status_code == status
    # Whoever sees a part of the journal can't prove the whole.
    assert reader.post("/journal/verify/").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Opened a name from above the branch, with a reason"),
        ("ru", "Имя открыто из вышестоящего отделения, с указанием причины"),
    ],
)
def test_entries_are_sentences_about_codes(town, language, words):
    text = town.reader(town.root, language=language).get("/journal/").content.decode()
    assert words in text
    assert "anna" in text
    assert "boris" in text
    assert "Иванова" not in text
    assert "Борисов" not in text


def test_a_regional_reader_sees_the_region_alone(town):
    reader = town.reader(town.region)
    text = reader.get("/journal/").content.decode()
    assert "anna" in text
    assert "boris" not in text
    for query in ("?person=boris", "?branch=RU-AL/1", f"?person={town.boris.id}"):
        assert "Nothing is found" in reader.get(f"/journal/{query}").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"person": "anna"}, ["anna"]),
        ({"person": "8 900 123-45-67"}, ["anna"]),
        ({"branch": "RU-AL"}, ["boris"]),
        ({"branch": "RU-AL", "what": "looks"}, ["boris"]),
        ({"actor": "head:RU-AD"}, ["anna"]),
        ({"what": "looks"}, ["anna", "boris"]),
        ({"person": "boris", "branch": "RU-AD"}, []),
        ({"person": "nobody"}, []),
    ],
)
def test_a_search_finds_who_is_meant(town, query, found):
    text = town.reader(town.root).get("/journal/", query).content.decode()
    rows = text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert [code for code in ("anna", "boris") if f">{code}<" in rows] == found


def test_who_acted_is_the_post_held_then(town):
    user = a_user_with_post(branch=town.primary, name="sec-1")
    reader = Client(headers={"accept-language": "en"})
    reader.force_login(user)
    assert reader.get(f"/people/{town.anna.id}/").status_code == 200
    text = town.reader(town.root).get("/journal/?actor=sec-1&what=looks").content.decode()
    assert "Secretary · RU-AD/1" in text
    assert "Opened a person’s page" in text
    assert actor_for(user, at=AT).code == Entry.objects.get(action="look.person").actor


def test_looking_a_person_up_is_a_look(town):
    town.reader(town.root).get("/journal/?person=anna")
    entry = Entry.objects.get(action="look.journal")
    assert (entry.subject_id, entry.look) == (str(town.anna.id), True)


def test_older_entries_are_a_step_away(town):
    reader = town.reader(town.root)
    reader.defaults["HTTP_USER_AGENT"] = "Mobi"
    seen, address = [], "/journal/"
    while address:
        text = reader.get(address).content.decode()
        seen += re.findall(r'<span class="number">(\d\d:\d\d)</span>', text)
        older = re.search(r'rel="next" href="([^"]+)"', text)
        address = f"/journal/{older[1]}" if older else ""
    assert len(seen) == Entry.objects.count()


def test_it_is_a_file_too(town):
    answer = town.reader(town.root).get("/journal/?what=looks&form=csv")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("entry,at,who,user,what,rows,about,branch")
    assert "anna" in text


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_head_is_shown_and_the_chain_verified():
    town = Town()
    sealed = 0
    while sealed < Entry.objects.count():  # What other sessions have open is sealed after them.
        sealed += sealing.seal(at=AT)
    reader = town.reader(town.root)
    assert sealing.head().hash in reader.get("/journal/").content.decode()
    assert "The journal is as it was written" in reader.post("/journal/verify/").content.decode()
    forged = Entry.objects.get(action="person.contact_added").id
    with connections["owner"].cursor() as cursor:
        cursor.execute("alter table journal_entry disable trigger user")
        cursor.execute("update journal_entry set actor = 'x' where id = %s", [forged])
        cursor.execute("alter table journal_entry enable trigger user")
    text = reader.post("/journal/verify/").content.decode()
    assert re.search(rf"Entry {forged} in block \d+", text)
    assert "was changed" in text
