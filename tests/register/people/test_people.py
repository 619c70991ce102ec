"""What may happen to a person, by whom, and who sees them."""

from datetime import UTC, date, datetime

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import Viewer
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.people import actions
from pervichka.register.people.models import (
    Affiliation,
    Confirmation,
    Consent,
    ContactPoint,
    Person,
)
from pervichka.register.people.queries import (
    people_by_affiliation,
    people_of,
    person_by_code,
    person_page,
)
from tests.builders.actors import OPERATOR, STRANGER, head_of, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


@pytest.fixture
def anna(branch) -> Person:
    return a_person(branch=branch, affiliation="supporter", since=date(2026, 1, 1))


def bonds(person: Person) -> list[tuple[object, ...]]:
    return list(
        person.affiliations.order_by("valid_from").values_list("kind", "valid_from", "valid_to")
    )


def test_a_change_of_affiliation_closes_the_one_in_force(anna):
    actions.change_affiliation(person=anna, kind="member", on=date(2026, 5, 1), by=OPERATOR, at=AT)
    assert bonds(anna) == [
        ("supporter", date(2026, 1, 1), date(2026, 5, 1)),
        ("member", date(2026, 5, 1), None),
    ]
    again = actions.change_affiliation(person=anna, kind="member", on=TODAY, by=OPERATOR, at=AT)
    assert again.valid_from == date(2026, 5, 1)
    with pytest.raises(Refused, match="began later"):
        actions.change_affiliation(
            person=anna, kind="contact", on=date(2026, 4, 1), by=OPERATOR, at=AT
        )


def test_a_contact_without_a_row_stays_known_from_before(anna):
    anna.affiliations.all().delete()
    actions.change_affiliation(person=anna, kind="member", on=TODAY, by=OPERATOR, at=AT)
    assert bonds(anna) == [("contact", date(2026, 1, 1), TODAY), ("member", TODAY, None)]


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("phone", "8 (900) 000-00-01", "+79000000001"),
        ("phone", "+7 900 000 00 01", "+79000000001"),
        ("phone", "+49 30 901820", "+4930901820"),
        ("email", " Anna.Ivanova@EXAMPLE.org ", "anna.ivanova@example.org"),
        ("email", "anna@пример.рф", "anna@xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_a_contact_point_is_kept_in_one_form(anna, kind, given, kept):
    for _ in range(2):
        actions.add_contact_point(person=anna, kind=kind, value=given, by=OPERATOR, at=AT)
    assert [point.value for point in ContactPoint.objects.all()] == [kept]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("phone", "12"), ("phone", "anna"), ("email", "anna"), ("email", "a@b"), ("fax", "1")],
)
def test_what_is_no_contact_point_is_refused(anna, kind, value):
    with pytest.raises(Refused):
        actions.add_contact_point(person=anna, kind=kind, value=value, by=OPERATOR, at=AT)


def test_a_consent_is_asserted_until_the_person_gives_it_themself(anna):
    given = actions.record_consent(person=anna, text_code="default", on=TODAY, by=OPERATOR, at=AT)
    assert given.asserted
    own = actions.record_consent(
        person=anna, text_code="default", on=TODAY, by=oneself(anna), at=AT
    )
    assert (own.id, own.asserted) == (given.id, False)
    # Nor does somebody else's word make it asserted again.
    actions.record_consent(person=anna, text_code="default", on=TODAY, by=OPERATOR, at=AT)
    assert not Consent.objects.get().asserted


def test_a_consent_taken_back_can_be_given_anew(anna):
    actions.record_consent(person=anna, text_code="default", on=TODAY, by=OPERATOR, at=AT)
    actions.withdraw_consent(person=anna, text_code="default", on=TODAY, by=oneself(anna), at=AT)
    assert Consent.objects.get().withdrawn_on == TODAY
    actions.record_consent(person=anna, text_code="default", on=TODAY, by=oneself(anna), at=AT)
    assert Consent.objects.filter(withdrawn_on=None).count() == 1


def test_an_unknown_consent_text_is_refused(anna):
    with pytest.raises(Refused, match="no consent text 'x'; write one of default"):
        actions.record_consent(person=anna, text_code="x", on=TODAY, by=OPERATOR, at=AT)


def test_a_confirmation_counts_once_a_day(anna):
    for _ in range(2):
        actions.record_confirmation(person=anna, on=TODAY, by=oneself(anna), at=AT)
    assert Confirmation.objects.count() == 1
    assert Entry.objects.filter(action="person.confirmed").count() == 1


def test_a_transfer_takes_along_what_follows_a_person(anna, branch):
    actions.add_contact_point(person=anna, kind="phone", value="89000000001", by=OPERATOR, at=AT)
    there = a_branch(code="RU-AD/2", parent=branch.parent)
    actions.transfer_person(person=anna, branch=there, by=OPERATOR, at=AT)
    for model in (Person, ContactPoint, Affiliation):
        row = model.objects.get()
        assert (row.branch_id, row.place) == (there.id, there.place)
    entries = Entry.objects.filter(action="person.transferred")
    assert {entry.branch_id for entry in entries} == {branch.id, there.id}


def test_a_secretary_transfers_nobody_out_of_reach(anna, branch):
    there = a_branch(code="RU-AD/2", parent=branch.parent)
    with pytest.raises(Forbidden):
        actions.transfer_person(person=anna, branch=there, by=head_of(branch), at=AT)


def test_erasure_leaves_nothing_that_leads_to_the_person(anna):
    actions.add_contact_point(person=anna, kind="phone", value="89000000001", by=OPERATOR, at=AT)
    actions.record_consent(person=anna, text_code="default", on=TODAY, by=OPERATOR, at=AT)
    actions.record_confirmation(person=anna, on=TODAY, by=OPERATOR, at=AT)
    id_ = anna.id
    actions.erase_person(person=anna, by=oneself(anna), at=AT)
    for model in (Person, ContactPoint, Affiliation, Consent, Confirmation):
        assert not model.objects.exists()
    entry = Entry.objects.get(action="person.erased")
    assert (entry.subject_type, entry.subject_id) == ("people.person", str(id_))


@pytest.mark.parametrize("actor", ["stranger", "another person", "viewer", "next branch"])
def test_others_change_nothing(anna, branch, actor):
    next_door = a_branch(code="RU-AD/2", parent=branch.parent)
    by = {
        "stranger": STRANGER,
        "another person": oneself(a_person(branch=branch)),
        "viewer": head_of(branch, role=Viewer),
        "next branch": head_of(next_door),
    }[actor]
    attempts = [
        lambda: actions.change_affiliation(person=anna, kind="member", on=TODAY, by=by, at=AT),
        lambda: actions.add_contact_point(person=anna, kind="phone", value="1", by=by, at=AT),
        lambda: actions.record_consent(person=anna, text_code="default", on=TODAY, by=by, at=AT),
        lambda: actions.withdraw_consent(person=anna, text_code="default", on=TODAY, by=by, at=AT),
        lambda: actions.record_confirmation(person=anna, on=TODAY, by=by, at=AT),
        lambda: actions.erase_person(person=anna, by=by, at=AT),
        lambda: actions.enrol_person(branch=branch, last_name="Новая", by=by, at=AT),
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()


def test_a_code_in_use_is_refused(branch, anna):
    with pytest.raises(Refused, match="there is a person"):
        a_person(branch=branch, code=anna.code)


def test_the_journal_holds_no_value(branch):
    person = actions.enrol_person(
        branch=branch, last_name="Секретова", address="ул. Тайная, 1", by=OPERATOR, at=AT
    )
    actions.add_contact_point(person=person, kind="phone", value="89000000001", by=OPERATOR, at=AT)
    text = str(list(Entry.objects.values_list()))
    for value in ("Секретова", "Тайная", "9000000001", person.code):
        assert value not in text


# ---------------------------------------------------------------------- who sees whom


def test_people_are_listed_by_name_within_the_actor_s_scope(branch):
    a_person(branch=branch, last_name="Яковлева")
    a_person(branch=branch, last_name="Абрамов")
    next_door = a_branch(code="RU-AD/2", parent=branch.parent)
    a_person(branch=next_door, last_name="Борисова")
    region = branch.parent.parent

    def names(actor, where=region):
        found = people_of(branch=where, on=TODAY, actor=actor)
        assert found.total == len(found.rows)
        return [row.full_name.split()[0] for row in found.rows]

    assert names(OPERATOR) == ["Абрамов", "Борисова", "Яковлева"]
    assert names(head_of(branch)) == ["Абрамов", "Яковлева"]
    assert names(head_of(branch), next_door) == []
    assert names(head_of(region, role=Viewer)) == []
    assert names(STRANGER) == []


def test_people_are_found_by_the_beginning_of_any_name(branch):
    a_person(branch=branch, last_name="Воробьёва", first_name="Алёна")
    a_person(branch=branch, last_name="Соловьёва", first_name="Ольга")
    for search in ("воробь", "АЛЕН", "алёна воробьева", "петр воро"):
        found = people_of(branch=branch, on=TODAY, actor=OPERATOR, search=search)
        assert [row.full_name for row in found.rows] == ["Воробьёва Алёна Петровна"]
    for search, total in (("робь", 0), ("петр", 2), ("  ", 2)):
        assert people_of(branch=branch, on=TODAY, actor=OPERATOR, search=search).total == total
    for search in ("%", "а б в г д", "а" * 65):
        with pytest.raises(Refused):
            people_of(branch=branch, on=TODAY, actor=OPERATOR, search=search)


def test_a_search_stays_in_the_branch_and_in_the_scope(branch):
    next_door = a_branch(code="RU-AD/2", parent=branch.parent)
    for where in (branch, next_door):
        a_person(branch=where)

    def found(where, actor):
        with acting_as(actor):
            return people_of(branch=where, on=TODAY, actor=actor, search="иван").total

    assert found(branch.parent, OPERATOR) == 2
    assert found(branch, OPERATOR) == 1
    assert found(branch.parent, head_of(branch)) == 1
    assert found(next_door, head_of(branch)) == 0


def test_what_is_found_is_narrowed_and_paged_as_a_list_is(branch):
    for first in ("Вера", "Анна", "Борис"):
        a_person(branch=branch, first_name=first, affiliation="member")
    a_person(branch=branch, first_name="Глеб", affiliation="supporter")
    page = people_of(
        branch=branch,
        on=TODAY,
        actor=OPERATOR,
        affiliations=["member"],
        search="ивано",
        offset=1,
        limit=1,
    )
    assert page.total == 3
    assert [row.full_name.split()[1] for row in page.rows] == ["Борис"]


def test_a_list_is_as_at_a_day(branch, anna):
    actions.change_affiliation(person=anna, kind="member", on=TODAY, by=OPERATOR, at=AT)
    for day, kind in ((date(2026, 5, 31), "supporter"), (TODAY, "member")):
        (row,) = people_of(branch=branch, on=day, actor=OPERATOR).rows
        assert row.affiliation == kind
    assert people_of(branch=branch, on=date(2025, 12, 31), actor=OPERATOR).total == 0
    only = people_of(branch=branch, on=TODAY, actor=OPERATOR, affiliations=["contact"])
    assert only.total == 0


def test_counts_are_by_affiliation(branch, anna):
    a_person(branch=branch, affiliation="member")
    counted = people_by_affiliation(branch=branch.parent, on=TODAY, actor=head_of(branch))
    assert counted == {"contact": 0, "supporter": 1, "candidate": 0, "member": 1}


def test_a_list_costs_the_same_however_long(branch, django_assert_num_queries):
    for number in range(20):
        a_person(branch=branch, last_name=f"Фамилия{number}")
    with django_assert_num_queries(2):
        people_of(branch=branch, on=TODAY, actor=OPERATOR)
    with django_assert_num_queries(3):
        assert people_of(branch=branch, on=TODAY, actor=OPERATOR, search="фам").total == 20


def test_a_person_s_page_shows_contacts_masked(branch, anna):
    point = actions.add_contact_point(
        person=anna, kind="phone", value="89001234567", by=OPERATOR, at=AT
    )
    actions.add_contact_point(
        person=anna, kind="email", value="anna@example.org", by=OPERATOR, at=AT
    )
    page = person_page(person_id=anna.id, actor=head_of(branch))
    assert [one.masked for one in page.contacts] == ["a••••@example.org", "+7 ••• 45-67"]
    assert page.contacts[1].id == point.id


def test_a_page_out_of_reach_is_no_page(branch, anna):
    next_door = a_branch(code="RU-AD/2", parent=branch.parent)
    for actor in (STRANGER, head_of(next_door), head_of(branch, role=Viewer)):
        assert person_page(person_id=anna.id, actor=actor) is None
        assert person_by_code(code=anna.code, actor=actor) is None
    assert person_page(person_id=anna.id, actor=oneself(anna)).person == anna
    assert person_by_code(code=anna.code, actor=head_of(branch)) == anna
