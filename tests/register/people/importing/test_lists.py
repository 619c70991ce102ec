"""Lists of people: what is taken, what is refused and why, and who turns out to be one person."""

from collections.abc import Iterable
from datetime import date

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import withdraw_consent
from pervichka.register.people.actions.importing import import_people, run
from pervichka.register.people.models import (
    Affiliation,
    Consent,
    ContactPoint,
    DuplicateSuspicion,
    PeopleImport,
    Person,
    PersonAlias,
)
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch
from tests.register.people.importing.rows import ANNA, AT, counts

pytestmark = pytest.mark.django_db


def test_a_row_becomes_a_person(load, branch):
    effect = load(
        ANNA
        | {
            "external_id": "crm-7",
            "born_on": "1980-02-29",
            "phone": "8 (900) 000-00-01",
            "email": "Anna@Example.org",
            "address": "ул. Мира, 5",
            "branch": branch.code,
            "affiliation": "supporter",
            "affiliated_on": "2026-03-01",
            "confirmed_on": "2026-09-01",
            "consent_text": "default",
            "consented_on": "2026-03-02",
        }
    )
    assert counts(effect) == (1, 0, 0, 0)
    person = Person.objects.get()
    assert (person.code, person.branch, person.known_since) == (
        "crm-7",
        branch,
        date(2026, 3, 1),
    )
    assert {(point.kind, point.value) for point in person.contact_points.all()} == {
        ("phone", "+79000000001"),
        ("email", "anna@example.org"),
    }
    assert person.affiliations.get().kind == "supporter"
    assert person.confirmations.get().confirmed_on == date(2026, 9, 1)
    consent = person.consents.get()
    assert (consent.text_code, consent.given_on, consent.asserted) == (
        "default",
        date(2026, 3, 2),
        True,
    )
    assert Entry.objects.filter(action="person.enrolled", subject_id=str(person.id)).exists()


def test_without_commit_it_shows_the_effect_and_leaves_no_trace(load, branch):
    rows = [ANNA | {"phone": "89000000001"}, ANNA | {"phone": "+7 900 000 00 01"}, {"phone": "1"}]
    shown = load(*rows, commit=False)
    assert not Person.objects.exists()
    assert not PeopleImport.objects.exists()
    assert counts(shown) == (1, 0, 1, 1)
    assert counts(load(*rows)) == counts(shown)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ({"phone": "89000000001"}, "last_name", "a name is missing"),
        (ANNA, None, "nothing tells this person apart"),
        (ANNA | {"born_on": "1980-01-01"}, None, "nothing tells this person apart"),
        (ANNA | {"phone": "12"}, "phone", "'12' is not a phone number"),
        (ANNA | {"email": "anna@home"}, "email", "'anna@home' is not an e-mail address"),
        (ANNA | {"external_id": "1", "born_on": "1980-02-30"}, "born_on", "not a date"),
        (ANNA | {"external_id": "1", "born_on": "2030-01-01"}, "born_on", "nobody was born"),
        (ANNA | {"external_id": "1", "branch": "RU-XX"}, "branch", "no branch 'RU-XX'"),
        (ANNA | {"external_id": "1", "affiliation": "boss"}, "affiliation", "write one of contact"),
        (ANNA | {"external_id": "1", "consent_text": "x"}, "consent_text", "write one of default"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_good_ones_are_kept(
    load, branch, row, column, said
):
    effect = load(ANNA | {"phone": "89000000009"}, row)
    assert counts(effect) == (1, 0, 0, 1)
    (reason,) = effect.refusals
    assert (reason.line, reason.column) == (3, column)
    assert said in str(reason)
    (counted,) = effect.reasons
    assert (counted.reason.column, counted.rows) == (column, 1)
    assert Person.objects.count() == 1


def test_every_mistake_of_a_row_is_told(load, branch):
    effect = load(ANNA | {"phone": "x", "email": "y", "affiliated_on": "01.02.2026"})
    assert {reason.column for reason in effect.refusals} == {"phone", "email", "affiliated_on"}
    assert effect.refused == 1


def test_a_closed_branch_takes_nobody_in(load, branch):
    closed = a_branch(code="RU-AD/9", parent=branch.parent)
    Branch.objects.filter(id=closed.id).update(closed_on=date(2026, 1, 1))
    effect = load(ANNA | {"external_id": "1", "branch": "RU-AD/9"})
    assert "is closed" in str(effect.refusals[0])


@pytest.mark.parametrize(
    "again",
    [
        ANNA | {"external_id": "1", "last_name": "Петрова"},
        ANNA | {"phone": "+7 900 000-00-01"},
        {"last_name": "ИВАНОВА ", "first_name": "анна", "patronymic": "петровна"}
        | {"email": "ANNA@example.org"},
        ANNA | {"born_on": "1980-01-01", "address": "УЛ МИРА 5"},
    ],
)
def test_sure_duplicates_become_one_person(load, branch, again):
    first = ANNA | {
        "external_id": "1",
        "phone": "89000000001",
        "email": "anna@example.org",
        "born_on": "1980-01-01",
        "address": "ул. Мира, 5",
    }
    assert counts(load(first, again)) == (1, 0, 1, 0)
    assert counts(load(first, again)) == (0, 0, 2, 0)
    assert Person.objects.get().last_name == "Иванова"
    assert not DuplicateSuspicion.objects.exists()


def test_it_does_not_matter_which_row_of_one_person_comes_first(load, branch):
    by_phone = ANNA | {"phone": "89000000001"}
    by_mail = ANNA | {"email": "anna@example.org"}
    both = ANNA | {"phone": "89000000001", "email": "anna@example.org", "external_id": "7"}
    assert counts(load(by_phone, by_mail, both)) == (1, 0, 2, 0)
    person = Person.objects.get()
    assert person.code == "7"
    assert person.contact_points.count() == 2


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"last_name": "Иванов", "first_name": "Пётр", "phone": "89000000001"}, "another name"),
        (ANNA | {"phone": "89000000001", "born_on": "2001-05-05"}, "another name"),
        (ANNA | {"born_on": "1980-01-01", "address": "ул. Новая, 1"}, "name and date of birth"),
        (
            ANNA | {"first_name": "Аня", "born_on": "1980-01-01", "address": "ул. Мира, 5"},
            "another form of the same name",
        ),
    ],
)
def test_unsure_duplicates_stay_apart_and_are_noted(load, branch, other, reason):
    first = ANNA | {"phone": "89000000001", "born_on": "1980-01-01", "address": "ул. Мира, 5"}
    effect = load(first, other)
    assert counts(effect) == (2, 0, 0, 0)
    (unsure,) = effect.unsure
    assert unsure.line == 3
    assert reason in unsure.reason
    assert effect.suspicions == 1
    # Noted once, however often the list comes.
    assert load(other, first).suspicions == 0
    assert DuplicateSuspicion.objects.count() == 1


@pytest.mark.parametrize("first_name", ["Алла", "Маша"])
def test_names_that_only_sound_alike_are_not_suspected(load, branch, first_name):
    first = ANNA | {"born_on": "1980-01-01", "address": "ул. Мира, 5"}
    assert load(first, first | {"first_name": first_name}).suspicions == 0


def test_the_same_list_again_changes_nothing(load, branch):
    rows = [
        ANNA | {"external_id": "1", "affiliation": "member", "affiliated_on": "2026-01-01"},
        ANNA | {"external_id": "1", "address": "ул. Новая, 1", "phone": "89000000002"},
        ANNA | {"phone": "89000000003", "confirmed_on": "2026-02-02"},
    ]
    load(*rows)
    before = state()
    entries = Entry.objects.count()
    assert counts(load(*rows)) == (0, 0, 3, 0)
    assert state() == before
    assert Entry.objects.count() == entries


def test_a_known_code_is_an_update(load, branch):
    other = a_branch(code="RU-AD/2", parent=branch.parent)
    load(ANNA | {"external_id": "1", "phone": "89000000001", "branch": branch.code})
    effect = load(ANNA | {"external_id": "1", "last_name": "Петрова", "branch": other.code})
    assert counts(effect) == (0, 1, 0, 0)
    person = Person.objects.get()
    assert (person.last_name, person.branch) == ("Петрова", other)
    assert person.name_key == "петрова|анна|петровна"
    assert ContactPoint.objects.get().place == other.place
    entry = Entry.objects.get(action="person.changed")
    assert entry.fields == ["branch", "last_name"]


def test_an_affiliation_of_a_later_date_ends_the_one_before(load, branch):
    load(ANNA | {"external_id": "1", "affiliation": "supporter", "affiliated_on": "2026-01-01"})
    load(ANNA | {"external_id": "1", "affiliation": "member", "affiliated_on": "2026-05-01"})
    load(ANNA | {"external_id": "1", "affiliation": "contact", "affiliated_on": "2025-05-01"})
    bonds = Affiliation.objects.order_by("valid_from").values_list("kind", "valid_from", "valid_to")
    assert list(bonds) == [
        ("supporter", date(2026, 1, 1), date(2026, 5, 1)),
        ("member", date(2026, 5, 1), None),
    ]
    assert Person.objects.get().known_since == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("dates", "since"),
    [
        ({}, None),
        ({"confirmed_on": "2026-02-01"}, date(2026, 2, 1)),
        ({"confirmed_on": "2026-02-01", "affiliated_on": "2026-03-01"}, date(2026, 3, 1)),
        (
            {"confirmed_on": "2026-02-01", "consent_text": "default", "consented_on": "2025-03-01"},
            date(2025, 3, 1),
        ),
    ],
)
def test_a_person_counts_from_their_affiliation_or_the_earliest_date(load, branch, dates, since):
    load(ANNA | {"external_id": "1"} | dates)
    assert Person.objects.get().known_since == since


def test_a_withdrawn_consent_is_not_brought_back_by_an_old_list(load, branch):
    row = ANNA | {"external_id": "1", "consent_text": "default", "consented_on": "2026-01-01"}
    load(row)
    withdraw_consent(
        person=Person.objects.get(),
        text_code="default",
        on=date(2026, 6, 1),
        by=OPERATOR,
        at=AT,
    )
    load(row)
    assert Consent.objects.get().withdrawn_on == date(2026, 6, 1)
    load(row | {"consented_on": "2026-07-01"})
    assert Consent.objects.filter(withdrawn_on=None).count() == 1


def test_own_columns_are_mapped_and_those_nobody_asked_for_are_not_read(load, branch):
    row = {"Фамилия": "Иванова", "Моб.": "89000000001", "employer": "Завод"}
    effect = load(row, mapping="Фамилия: last_name\nphone: Моб.\n")
    assert counts(effect) == (1, 0, 0, 0)
    assert effect.unread_columns == ("employer",)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("Фамилия: surname", "names none of our columns"),
        ("Фамилия: last_name\nИмя: last_name", "mapped twice"),
        ("- a\n- b", "write a line for each column"),
        ("a: [", "not YAML"),
    ],
)
def test_a_wrong_mapping_is_refused(load, branch, mapping, said):
    with pytest.raises(Refused, match=said):
        load({"Фамилия": "Иванова"}, mapping=mapping)


def test_a_file_without_a_name_is_refused(load, branch):
    with pytest.raises(Refused, match="no column for a name"):
        load({"phone": "89000000001"})


def test_a_row_cut_short_is_refused_alone(tmp_path, branch):
    file = tmp_path / "people.csv"
    file.write_text("last_name,phone\nИванова\nПетрова,89000000001\n")
    effect = import_people(file=file, commit=True, by=OPERATOR, at=AT)
    assert counts(effect) == (1, 0, 0, 1)
    assert effect.refusals[0].line == 2


def test_another_system_s_second_code_leads_to_the_same_person(load, branch):
    load(ANNA | {"external_id": "a", "phone": "89000000001"})
    load(ANNA | {"external_id": "b", "phone": "89000000001"})
    assert PersonAlias.objects.get().person == Person.objects.get()
    assert counts(load({"last_name": "Иванова", "external_id": "b"})) == (0, 0, 1, 0)


def test_an_import_cut_short_goes_on_behind_its_last_whole_batch(load, branch, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 2)
    rows = [ANNA | {"external_id": str(number), "phone": ""} for number in range(5)]
    rows.insert(2, {"last_name": "Без примет", "external_id": "", "phone": ""})
    taken = run.write
    calls: list[int] = []

    def killed_in_the_second_batch(*people: Iterable[object], **told: object) -> None:
        taken(*people, **told)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(run, "write", killed_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        load(*rows)
    assert Person.objects.count() == 2
    monkeypatch.setattr(run, "write", taken)
    effect = load(*rows)
    assert counts(effect) == (5, 0, 0, 1)
    assert effect.rows == 6
    assert Person.objects.count() == 5
    assert not PeopleImport.objects.filter(finished_at=None).exists()


def state() -> list[object]:
    """All that the register says of people."""
    return [
        sorted(model.objects.values_list(), key=str)
        for model in (Person, ContactPoint, Affiliation, Consent, PersonAlias, DuplicateSuspicion)
    ]
