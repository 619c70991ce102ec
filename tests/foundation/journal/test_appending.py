"""The journal takes entries in the act's own transaction, and gives none of them up again."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.journal.models import Block, Entry
from pervichka.foundation.journal.sealing import seal
from tests.builders.actors import OPERATOR

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def append(action: str = "thing.done") -> Entry:
    return journal.append(by=OPERATOR, at=AT, action=action, subject=("thing", uuid4()))


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_the_transaction_of_its_act():
    with pytest.raises(journal.NotInATransaction):
        append()
    with pytest.raises(journal.NotInATransaction):
        journal.append_all([])


@pytest.mark.django_db(transaction=True)
def test_an_act_undone_leaves_no_entry():
    with transaction.atomic():
        append()
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_many_at_once_are_stored_like_one():
    journal.append(
        by=OPERATOR, at=AT, action="thing.done", subject=("thing", "1"), fields=["b", "a"]
    )
    journal.append_all(
        [
            journal.entry(
                by=OPERATOR, at=AT, action="thing.done", subject=("thing", "1"), fields=["b", "a"]
            )
        ]
    )
    alone, among = Entry.objects.order_by("id").values()
    assert alone.pop("id") < among.pop("id")
    assert alone == among
    assert among["fields"] == ["a", "b"]


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    [
        "update journal_entry set actor = 'someone else'",
        "delete from journal_entry",
        "update journal_block set hash = 'x'",
        "delete from journal_block",
    ],
)
def test_the_database_refuses_to_change_what_was_written(alias, statement):
    with connections[alias].cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute(statement)


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_application_cannot_empty_the_journal():
    for table in ("journal_entry", "journal_block"):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"truncate {table}")


@pytest.mark.django_db
def test_the_application_cannot_switch_the_guard_off():
    for statement in (
        "alter table journal_entry disable trigger all",
        "drop trigger journal_entry_append_only on journal_entry",
        "alter function journal_refuse_change() rename to harmless",
        "update journal_offset set offset_by = 1",
        "set session_replication_role = replica",
    ):
        with (
            pytest.raises(DatabaseError, match=r"must be owner|permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db
def test_nothing_sealed_by_the_application_can_be_sealed_anew(settings):
    with transaction.atomic():
        append()
    # Within the test's own open transaction nothing is finished, so there is nothing to seal.
    assert seal(at=AT) == 0
    assert not Block.objects.exists()
