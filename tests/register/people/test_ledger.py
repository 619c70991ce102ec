"""The ledger: append-only, sealed, each touched row named; an erased person leaves it standing."""

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from pervichka.foundation.refusal import Refused
from pervichka.register.branches.acting import acting_as
from pervichka.register.people import actions
from pervichka.register.people.actions.sealing import seal_ledger
from pervichka.register.people.ledger import LEDGER
from pervichka.register.people.models import Consent, LedgerBlock, LedgerEntry, Person, PersonSalt
from pervichka.register.people.queries.ledger import consents_to, ledger_of
from pervichka.register.people.queries.proving import verify_ledger
from tests.builders.actors import OPERATOR, STRANGER, head_of, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import members

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def sealed() -> None:
    """All rows; other databases of the same server may have transactions open meanwhile."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        if seal_ledger(at=AT):
            return
        time.sleep(0.02)
    raise AssertionError("nothing was sealed")


def agree(person: Person, *, by_themself: bool = True) -> Consent:
    by = oneself(person) if by_themself else OPERATOR
    return actions.record_consent(person=person, text_code="default", on=TODAY, by=by, at=AT)


@pytest.fixture
def people() -> list[Person]:
    """Three people with a row each, sealed in a block each."""
    found = members(of=a_primary_branch(), number=3)
    for person in found:
        agree(person)
        sealed()
    return found


@contextmanager
def unguarded() -> Iterator[None]:
    """Whoever owns the database can do anything; the chain is there to show it."""
    tables = ("ledger_entry", "ledger_block", "person_salt")
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
        yield
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")


def tamper(statement: str, *values: object) -> None:
    with unguarded(), connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def flaws() -> list[tuple[str, str]]:
    return [(flaw.where, flaw.reason) for flaw in verify_ledger().flaws]


def row(number: int) -> int:
    return LedgerEntry.objects.order_by("tick", "id").values_list("id", flat=True)[number]


def test_each_event_is_a_row_and_what_is_in_force_follows(people):
    anna = people[0]
    actions.withdraw_consent(person=anna, text_code="default", on=TODAY, by=oneself(anna), at=AT)
    agree(anna, by_themself=False)
    agree(anna)
    rows = ledger_of(person_id=anna.id, actor=OPERATOR)
    assert [(one.event, one.actor) for one in rows] == [
        ("given", "self"),
        ("withdrawn", "self"),
        ("asserted", "operator"),
        ("confirmed", "self"),
    ]
    assert {(one.basis, one.purpose, one.text_version) for one in rows} == {
        ("consent", "branch_work", 2)
    }
    assert ledger_of(person_id=anna.id, actor=STRANGER) == []
    assert flaws() == []


def test_rows_are_seen_within_one_s_scope_and_by_whom_they_are_about(people):
    anna, branch = people[0], people[0].branch
    elsewhere = a_branch(code="RU-AD/2", parent=branch.parent)
    for actor, seen in ((head_of(branch), 3), (head_of(elsewhere), 0), (oneself(anna), 1)):
        with acting_as(actor):
            assert LedgerEntry.objects.count() == seen
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select count(*) from ledger_entry")
                assert cursor.fetchone() == (seen,)
                cursor.execute("select count(*) from person_salt")
                assert cursor.fetchone() == (seen,)


def test_a_person_with_no_scope_but_their_own_withdraws(people):
    anna = people[0]
    with acting_as(oneself(anna)):
        actions.withdraw_consent(
            person=anna, text_code="default", on=TODAY, by=oneself(anna), at=AT
        )
    assert Consent.objects.get(person=anna).withdrawn_on == TODAY
    assert flaws() == []


@pytest.mark.parametrize(
    ("purpose", "channel", "day", "found"),
    [
        ("branch_work", "phone", TODAY, 1),
        ("branch_work", "telegram", TODAY, 0),
        ("photo", "phone", TODAY, 0),
        ("branch_work", "phone", date(2026, 5, 31), 0),
    ],
)
def test_a_consent_holds_for_its_purpose_and_its_channels(people, purpose, channel, day, found):
    held = consents_to(
        person_id=people[0].id, purpose=purpose, channel=channel, on=day, actor=OPERATOR
    )
    assert len(held) == found


def test_a_signed_paper_speaks_for_the_person_and_has_a_number(people):
    anna = members(of=people[0].branch, number=1)[0]
    with pytest.raises(Refused, match="number of the sheet"):
        actions.record_consent(
            person=anna, text_code="default", on=TODAY, proof="paper", by=OPERATOR, at=AT
        )
    given = actions.record_consent(
        person=anna,
        text_code="default",
        on=TODAY,
        proof="paper",
        proof_number="4f2a-19",
        by=OPERATOR,
        at=AT,
    )
    assert not given.asserted
    (entry,) = ledger_of(person_id=anna.id, actor=OPERATOR)
    assert (entry.event, entry.proof, entry.proof_number) == ("given", "paper", "4f2a-19")


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_entry set event = 'withdrawn'",
        "update ledger_entry set branch_id = gen_random_uuid()",
        "delete from ledger_entry",
        "truncate ledger_entry",
        "update ledger_block set hash = 'x'",
        "delete from ledger_block",
        "truncate ledger_block",
        "update person_salt set salt = '\\x00'",
    ],
)
def test_no_role_changes_what_was_written(people, alias, statement):
    with pytest.raises(DatabaseError), connections[alias].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "values",
    [
        {"event": "given", "actor": "operator", "proof": "none"},
        {"event": "confirmed", "actor": "user:1", "proof": "import"},
        {"event": "asserted", "proof_number": "Иванова Анна"},
        {"event": "asserted", "basis": "because"},
    ],
)
def test_the_database_refuses_what_a_ledger_cannot_say(people, values):
    known = LedgerEntry.objects.first()
    assert known is not None
    written = {
        "branch": people[0].branch,
        "subject": known.subject,
        "basis": "consent",
        "purpose": "branch_work",
        "text_code": "default",
        "text_version": 1,
        "actor": "operator",
        "proof": "none",
        "recorded_at": AT,
    }
    with pytest.raises(DatabaseError):
        LedgerEntry.objects.create(**(written | values))


def test_a_branch_that_moves_takes_its_rows_along_and_the_chain_holds(people):
    with connections["owner"].cursor() as cursor:
        cursor.execute("set constraints all deferred")
        cursor.execute(
            "update branch set place = place + 1, place_end = place_end + 1 where id = %s",
            [people[0].branch_id],
        )
    assert LedgerEntry.objects.filter(place=people[0].place + 1).count() == 3
    assert flaws() == []


def test_a_flipped_row_is_named(people):
    tamper("update ledger_entry set happened_on = '2020-01-01' where id = %s", row(1))
    assert flaws() == [(f"block 2, row {row(1)}", "was changed")]


def test_a_deleted_row_is_named(people):
    gone = row(1)
    tamper("delete from ledger_entry where id = %s", gone)
    assert flaws()[0] == (f"block 2, row {gone}", "was deleted or moved")


def test_rows_that_changed_places_are_named(people):
    first, last = row(0), row(2)
    swap = (
        "update ledger_entry set tick = (select tick from ledger_entry where id = %s) where id = %s"
    )
    ticks = dict(LedgerEntry.objects.values_list("id", "tick"))
    tamper(swap, last, first)
    tamper("update ledger_entry set tick = %s where id = %s", ticks[first], last)
    named = {int(where.rpartition(" ")[2]) for where, _ in flaws()}
    assert named == {first, last}


def test_a_row_slipped_in_is_named(people):
    tamper(
        "insert into ledger_entry (branch_id, place, tick, subject, event, basis, purpose, channel,"
        " text_code, text_version, actor, proof, proof_number, recorded_at)"
        " select branch_id, place, tick, subject, event, basis, purpose, channel, text_code,"
        " text_version, actor, proof, proof_number, recorded_at from ledger_entry where id = %s",
        row(0),
    )
    assert [reason for _, reason in flaws()] == ["was not there when sealed"]


def test_a_block_forged_with_its_row_no_longer_fits_the_next(people):
    tamper("update ledger_entry set happened_on = '2020-01-01' where id = %s", row(0))
    block = LedgerBlock.objects.get(number=1)
    block.seals = LEDGER._run((0, 0), block.up_to_tick)[3]  # noqa: SLF001 - as a forger would
    tamper(
        "update ledger_block set seals = %s, hash = %s where number = 1",
        block.seals,
        block.computed_hash(),
    )
    assert flaws() == [("block 2", "does not follow the block before it")]


def as_text(row: LedgerEntry) -> str:
    """What is hashed of a row, written down here once more: a block must verify for ever."""
    values = [
        row.id,
        row.tick,
        bytes(row.subject).hex(),
        str(row.branch_id),
        row.event,
        row.basis,
        row.purpose,
        row.channel,
        row.text_code,
        row.text_version,
        None if row.happened_on is None else row.happened_on.isoformat(),
        row.actor,
        row.proof,
        row.proof_number,
        row.recorded_at.astimezone(UTC).isoformat(),
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("microsecond", [0, 120, 500_000, 999_999])
@pytest.mark.parametrize("on", [TODAY, None])
def test_what_is_hashed_of_a_row_stays_what_it_was(people, microsecond, on):
    at = AT.replace(microsecond=microsecond)
    actions.record_consent(
        person=members(of=people[0].branch, number=1)[0],
        text_code="default",
        on=on,
        by=head_of(people[0].branch),
        at=at,
    )
    sealed()
    row = LedgerEntry.objects.latest("id")
    expected = hashlib.sha256(as_text(row).encode()).digest()
    assert LedgerBlock.objects.latest("number").hashes()[row.id] == expected


def test_a_missing_block_is_named(people):
    tamper("delete from ledger_block where number = 2")
    assert ("block 3", "does not follow the block before it") in flaws()


def test_rows_given_to_another_person_are_named(people):
    anna, vera, _ = people
    subjects = dict(PersonSalt.objects.values_list("person_id", "subject"))
    tamper("update person_salt set subject = '\\x01' where person_id = %s", vera.id)
    tamper("update person_salt set subject = %s where person_id = %s", subjects[vera.id], anna.id)
    assert {where for where, _ in flaws()} >= {f"person {anna.id}", f"person {vera.id}"}


def test_a_consent_without_a_row_is_named(people):
    with connection.cursor() as cursor:
        cursor.execute("update consent set asserted = true where person_id = %s", [people[0].id])
    assert flaws() == [(f"person {people[0].id}", "default is in force without a row that says so")]


def test_an_erased_person_s_salt_goes_and_the_chain_still_holds(people):
    anna = people[0]
    subject = bytes(PersonSalt.objects.get(person=anna).subject)
    actions.erase_person(person=anna, by=oneself(anna), at=AT)
    assert not PersonSalt.objects.filter(person=anna.id).exists()
    entry = LedgerEntry.objects.get(subject=subject)
    assert str(anna.id) not in str(entry.__dict__.values())
    assert LedgerEntry.objects.count() == 3
    assert flaws() == []


def test_what_was_agreed_to_before_there_was_a_ledger_enters_it(people):
    agree(members(of=people[0].branch, number=1)[0], by_themself=False)
    actions.withdraw_consent(
        person=people[1], text_code="default", on=TODAY, by=oneself(people[1]), at=AT
    )
    with unguarded(), connections["owner"].cursor() as cursor:
        for table in ("ledger_entry", "ledger_block", "person_salt"):
            cursor.execute(f"delete from {table}")
    with connections["owner"].cursor() as cursor:
        migration = import_module("pervichka.register.people.migrations.0005_keep_a_ledger")
        cursor.execute(migration.TAKE_OVER)
    sealed()
    assert flaws() == []
    events = LedgerEntry.objects.values_list("event", flat=True)
    assert sorted(events) == ["asserted", "given", "given", "given", "withdrawn"]


def test_writers_do_not_wait_for_each_other(people):
    """Another connection has written and not committed; this one writes and commits meanwhile."""
    where = connections["owner"].get_connection_params()
    settings = {name: where[name] for name in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**settings) as other:
        other.execute(
            "insert into ledger_entry (branch_id, place, subject, event, basis, purpose, channel,"
            " text_code, text_version, actor, proof, proof_number, recorded_at) select branch_id,"
            " place, subject, event, basis, purpose, channel, text_code, text_version, actor,"
            " proof, proof_number, recorded_at from ledger_entry limit 1"
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '1s'")
            agree(members(of=people[0].branch, number=1)[0])
        # What lies behind the open transaction waits for it.
        assert seal_ledger(at=AT) == 0
    sealed()
    assert flaws() == []
