"""Contact points at rest: sealed into their row, found by however the number is written."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection

from pervichka.foundation import vault
from pervichka.foundation.journal.models import Entry
from pervichka.register.access.roles import Viewer
from pervichka.register.branches.acting import acting_as
from pervichka.register.people import actions
from pervichka.register.people.actions.loading import ContactPointRow, PersonRow, load_people
from pervichka.register.people.actions.resealing import (
    contact_points_by_version,
    reseal_contact_points,
)
from pervichka.register.people.models import ContactPoint
from pervichka.register.people.names import name_key
from pervichka.register.people.queries import people_by_contact, people_of, person_page
from tests.builders.actors import OPERATOR, STRANGER, head_of, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
SPELLINGS = ["+79000000001", "8 (900) 000-00-01", "7900-000-00-01", "9000000001"]


@pytest.fixture
def branch():
    return a_primary_branch()


@pytest.fixture
def anna(branch):
    return a_person(branch=branch)


def give(person, kind="phone", value="89000000001"):
    return actions.add_contact_point(person=person, kind=kind, value=value, by=OPERATOR, at=AT)


def test_nothing_of_a_number_lies_in_its_row(anna):
    point = give(anna)
    with connection.cursor() as cursor:
        cursor.execute("select contact_point::text, sealed, blind_index from contact_point")
        text, *stored = cursor.fetchone()
    assert "9000000001" not in text
    assert all(b"9000000001" not in bytes(one) for one in stored)
    assert ContactPoint.objects.get(id=point.id).value == "+79000000001"


def test_one_number_written_in_many_ways_is_one_contact_point(anna):
    assert len({give(anna, value=spelling).id for spelling in SPELLINGS}) == 1


def test_a_family_may_share_a_number(branch, anna):
    other = a_person(branch=branch, first_name="Пётр")
    give(anna)
    give(other)
    assert set(people_by_contact(kind="phone", value="89000000001")) == {anna.id, other.id}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_leads_to_its_person_however_it_is_written(anna, spelling):
    give(anna)
    assert people_by_contact(kind="phone", value=spelling) == [anna.id]


def test_before_anyone_is_signed_in_a_number_leads_to_its_person_and_no_further(anna):
    give(anna)
    with acting_as(STRANGER):
        assert people_by_contact(kind="phone", value="89000000001") == [anna.id]
        assert not ContactPoint.objects.exists()


def test_a_number_is_no_address_and_nonsense_is_nobody(anna, django_assert_num_queries):
    give(anna)
    give(anna, "email", "Anna@example.org")
    assert people_by_contact(kind="email", value=" anna@EXAMPLE.org") == [anna.id]
    for kind, value in [
        ("email", "+79000000001"),
        ("phone", "89000000002"),
        ("phone", "nonsense"),
        ("email", ""),
        ("phone", "nobody"),
    ]:
        # The same query, so that the time it takes tells nothing either.
        with django_assert_num_queries(1):
            assert people_by_contact(kind=kind, value=value) == []


def test_a_value_moved_to_another_row_does_not_open(branch, anna):
    point = give(anna)
    other = give(a_person(branch=branch, first_name="Пётр"), value="89000000002")
    ContactPoint.objects.filter(id=other.id).update(sealed=point.sealed)
    with pytest.raises(vault.Unopenable):
        _ = ContactPoint.objects.get(id=other.id).value
    assert ContactPoint.objects.get(id=point.id).value == "+79000000001"


def test_without_its_key_nothing_opens_and_nothing_is_sealed(anna, own_keys):
    give(anna)
    own_keys.unlink()
    with pytest.raises(vault.KeyMissing):
        person_page(person_id=anna.id, actor=OPERATOR)
    with pytest.raises(vault.KeyMissing):
        give(anna, value="89000000002")


def test_bulk_rows_are_sealed_too(branch):
    person = uuid4()
    name = ("Иванова", "Анна", "")
    load_people(
        people=[
            PersonRow(person, branch.id, branch.place, "x", *name, name_key(*name), None, "", None)
        ],
        contact_points=[
            ContactPointRow(uuid4(), branch.id, branch.place, person, "phone", "+79000000001")
        ],
        affiliations=[],
        confirmations=[],
        consents=[],
        by=OPERATOR,
        at=AT,
    )
    assert ContactPoint.objects.get().value == "+79000000001"
    assert people_by_contact(kind="phone", value="89000000001") == [person]


def test_a_list_is_searched_by_a_whole_number_or_address(branch, anna):
    a_person(branch=branch, first_name="Пётр")
    give(anna)
    give(anna, "email", "anna@example.org")
    for search in [*SPELLINGS, "anna@example.org"]:
        found = people_of(branch=branch, on=date(2026, 6, 1), actor=OPERATOR, search=search)
        assert [row.id for row in found.rows] == [anna.id]
    found = people_of(branch=branch, on=date(2026, 6, 1), actor=OPERATOR, search="+79000000009")
    assert found.total == 0


def test_a_search_by_number_reaches_no_further_than_the_actor(branch, anna):
    give(anna)
    next_door = a_branch(code="RU-AD/2", parent=branch.parent)
    found = people_of(
        branch=branch, on=date(2026, 6, 1), actor=head_of(next_door), search="+79000000001"
    )
    assert found.total == 0


# ------------------------------------------------------------------ reaching someone


@pytest.mark.parametrize(
    ("act", "action"), [(actions.dial, "contact.dialled"), (actions.show, "contact.shown")]
)
def test_whoever_reaches_someone_is_journalled(branch, anna, act, action):
    point = give(anna)
    secretary = head_of(branch)
    reached = act(contact_id=point.id, by=secretary, at=AT)
    assert (reached.value, reached.person_id) == ("+79000000001", anna.id)
    entry = Entry.objects.get(action=action)
    assert (entry.actor, entry.subject_type, entry.subject_id, entry.branch_id) == (
        secretary.code,
        "people.person",
        str(anna.id),
        branch.id,
    )
    assert entry.fields == ["phone"]


def test_someone_out_of_sight_is_not_reached_and_no_look_is_journalled(branch, anna):
    point = give(anna)
    next_door = a_branch(code="RU-AD/2", parent=branch.parent)
    for actor in (STRANGER, head_of(next_door), head_of(branch, role=Viewer)):
        assert actions.dial(contact_id=point.id, by=actor, at=AT) is None
        assert actions.show(contact_id=uuid4(), by=actor, at=AT) is None
    assert not Entry.objects.filter(action__startswith="contact.").exists()
    assert actions.show(contact_id=point.id, by=oneself(anna), at=AT).kind == "phone"


# ------------------------------------------------------------------ another key


def test_while_keys_are_rotated_everything_is_found_and_nothing_is_twice(anna, own_keys):
    point = give(anna)
    vault.add_key()
    assert people_by_contact(kind="phone", value="89000000001") == [anna.id]
    assert give(anna).id == point.id
    assert point.value == "+79000000001"
    give(anna, value="89000000002")
    assert contact_points_by_version() == {1: 1, 2: 1}


def test_rotation_seals_everything_anew(anna, own_keys):
    give(anna)
    give(anna, "email", "anna@example.org")
    vault.add_key()
    told = []
    done = reseal_contact_points(by=OPERATOR, at=AT, progress=told.append)
    assert (done.rows, done.unopenable, told) == (2, [], [2])
    assert contact_points_by_version() == {2: 2}
    assert Entry.objects.filter(action="keys.rotated").count() == 1
    # The old key has opened its last.
    own_keys.write_text(own_keys.read_text().splitlines()[1] + "\n")
    assert people_by_contact(kind="phone", value="89000000001") == [anna.id]
    page = person_page(person_id=anna.id, actor=OPERATOR)
    assert [one.masked for one in page.contacts] == ["a••••@example.org", "+7 ••• 00-01"]
    assert reseal_contact_points(by=OPERATOR, at=AT).rows == 0


def test_what_no_key_opens_is_left_and_named(branch, anna, own_keys):
    point = give(anna)
    other = give(a_person(branch=branch, first_name="Пётр"), value="89000000002")
    ContactPoint.objects.filter(id=other.id).update(sealed=point.sealed)
    vault.add_key()
    done = reseal_contact_points(by=OPERATOR, at=AT)
    assert (done.rows, done.unopenable) == (1, [other.id])
    assert contact_points_by_version() == {1: 1, 2: 1}


def test_of_twins_from_before_and_after_the_new_key_one_stays(anna, own_keys):
    old = give(anna)
    vault.add_key()
    # As a program writes that looked just before the older one was committed.
    new = ContactPoint(person=anna, kind="phone", branch=anna.branch)
    new.sealed = vault.Cell("contact_point", "sealed").seal(new.id, old.value)
    new.blind_index = vault.blind("phone", old.value)
    new.save()
    reseal_contact_points(by=OPERATOR, at=AT)
    assert [point.value for point in ContactPoint.objects.all()] == ["+79000000001"]
    assert contact_points_by_version() == {2: 1}
