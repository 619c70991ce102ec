"""However many entries there are, each block is sealed and verified by its own rows alone."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.journal.following import next_entries
from pervichka.foundation.journal.queries import entries
from pervichka.foundation.journal.reading import along_an_index
from pervichka.foundation.journal.sealing import seal, verify
from tests.builders.actors import OPERATOR

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Plans:
    """How the database means to answer each query about the journal, before it answers."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        if "journal_entry" in sql and sql.lstrip().lower().startswith(("select", "with")):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"explain {sql}", params)
                self.seen.append("\n".join(row[0] for row in cursor))
        return execute(sql, params, many, context)


def follow() -> None:
    with next_entries("a follower"):
        pass


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda: seal(at=AT), "journal_entry_tick"),
        (verify, "journal_entry_tick"),
        (follow, "journal_entry_tick"),
        (lambda: entries(within=(1, 100)), "journal_entry_place"),
    ],
    ids=["sealing", "verifying", "following", "a part of the tree"],
)
def test_rows_are_read_along_the_index(ask, index):
    with transaction.atomic():
        for _ in range(3):
            journal.append(by=OPERATOR, at=AT, action="thing.done", subject=("thing", uuid4()))
    plans = Plans()
    with connection.execute_wrapper(plans):
        ask()
    assert plans.seen
    for plan in plans.seen:
        assert f"using {index} " in plan
        assert "Bitmap" not in plan
        assert "Seq Scan on journal_entry" not in plan


def test_the_rest_of_a_transaction_is_planned_as_usual():
    with transaction.atomic(), connection.cursor() as cursor:
        with along_an_index():
            pass
        cursor.execute("select current_setting('enable_bitmapscan')")
        assert cursor.fetchone() == ("on",)
