"""The database's lock: what a transaction sees is what its scope holds, whatever is asked of it."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from pervichka.foundation import postgres
from pervichka.foundation.postgres import scope
from pervichka.foundation.postgres.scope import EVERYTHING, NOTHING, Scope, ScopeMissing
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import enrol_person
from pervichka.register.people.models import Affiliation, Person
from tests.builders.actors import OPERATOR, STRANGER, head_of, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
REFUSED = psycopg.errors.InsufficientPrivilege


@dataclass(frozen=True)
class Two:
    """Two primary branches side by side, with one person in each."""

    own: Branch
    foreign: Branch
    mine: Person
    theirs: Person


@pytest.fixture
def two() -> Two:
    own = a_primary_branch()
    foreign = a_branch(code="RU-AD/2", parent=own.parent)
    return Two(own, foreign, a_person(branch=own), a_person(branch=foreign, first_name="Ольга"))


@contextmanager
def session(role: postgres.Role = "app") -> Iterator[psycopg.Connection[Any]]:
    """A connection without any of our code between it and the database."""
    where = postgres.connect_info(role, str(connection.settings_dict["NAME"]))
    with psycopg.connect(where.url) as made:
        yield made


def seen(made: psycopg.Connection[Any], table: str = "person") -> int:
    row = made.execute(f"select count(*) from {table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


def scope_of(branch: Branch) -> Scope:
    return Scope(branch.place, branch.place_end)


def test_without_a_scope_there_are_no_rows(two: Two) -> None:
    with session() as made:
        assert seen(made) == 0


def test_a_scope_holds_what_lies_in_it(two: Two) -> None:
    with session() as made:
        for entered, count in ((scope_of(two.own), 1), (EVERYTHING, 2), (NOTHING, 0)):
            scope.enter(made, entered)
            assert seen(made) == count


def test_ones_own_row_is_seen_wherever_it_lies(two: Two) -> None:
    with session() as made:
        scope.enter(made, Scope(NOTHING.start, NOTHING.end, person_id=two.theirs.id))
        assert seen(made) == seen(made, "affiliation") == 1


def test_it_ends_with_the_transaction(two: Two) -> None:
    with session() as made:
        scope.enter(made, EVERYTHING)
        made.commit()
        assert seen(made) == 0


def test_rows_elsewhere_can_be_neither_changed_nor_made(two: Two) -> None:
    with session() as made:
        scope.enter(made, scope_of(two.own))
        assert made.execute("update person set address = 'x'").rowcount == 1
        assert made.execute("delete from affiliation").rowcount == 1
        with pytest.raises(REFUSED):
            made.execute(
                "update person set branch_id = %s, place = %s", [two.foreign.id, two.foreign.place]
            )


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"),
        lambda token: token.replace("|", "||", 1),
        lambda token: "0|" + str(2**62) + token[token.index("|", token.index("|") + 1) :],
        lambda _token: "",
        lambda _token: "|".join(["0"] * 7),
        lambda token: token + "|",
    ],
)
def test_a_forged_token_is_an_error(two: Two, forge: Any) -> None:
    with session() as made:
        token = scope.token(scope_of(two.own), made.info.backend_pid)
        with pytest.raises(REFUSED):
            made.execute("select scope_enter(%s)", [forge(token)])


def test_a_token_signed_with_a_key_of_ones_own_is_an_error(two: Two) -> None:
    """Laid where PostgreSQL would look first: among the temporary tables of the session."""
    pads = [bytes(byte ^ pad for byte in bytes(64)) for pad in (0x36, 0x5C)]
    with session() as made:
        made.execute("create temp table scope_key (inner_pad bytea, outer_pad bytea)")
        made.execute("grant select on scope_key to public")
        made.execute("insert into scope_key values (%s, %s)", pads)
        said = f"{EVERYTHING.start}|{EVERYTHING.end}|||{made.info.backend_pid}|{time.time():.3f}"
        signed = hmac.new(bytes(64), said.encode(), hashlib.sha256).hexdigest()
        with pytest.raises(REFUSED):
            made.execute("select scope_enter(%s)", [f"{said}|{signed}"])


def test_the_token_of_another_session_is_an_error(two: Two) -> None:
    with session() as other, session() as made:
        token = scope.token(EVERYTHING, other.info.backend_pid)
        with pytest.raises(REFUSED):
            made.execute("select scope_enter(%s)", [token])


def test_an_old_token_is_an_error(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    with session() as made:
        monkeypatch.setattr(scope.time, "time", AT.timestamp)
        token = scope.token(EVERYTHING, made.info.backend_pid)
        with pytest.raises(REFUSED):
            made.execute("select scope_enter(%s)", [token])


def test_a_setting_made_by_hand_is_an_error(two: Two) -> None:
    for value in ("0|9000000000000000000|||1|1|00", "0", f"0|{2**62}|||{{pid}}|{{now}}|"):
        with session() as made:
            said = value.format(pid=made.info.backend_pid, now=0)
            made.execute("select set_config('pervichka.scope', %s, true)", [said])
            with pytest.raises(REFUSED):
                seen(made)


def test_a_true_setting_kept_for_the_next_transaction_is_an_error(two: Two) -> None:
    with session() as made:
        scope.enter(made, EVERYTHING)
        made.execute(
            "select set_config('pervichka.scope', current_setting('pervichka.scope'), false)"
        )
        made.commit()
        with pytest.raises(REFUSED):
            seen(made)


def test_the_application_reads_no_key_and_signs_nothing(two: Two) -> None:
    for words in (
        "select * from scope_key",
        "select scope_code('held|0|1|||1|1')",
        "select scope_part(1)",
    ):
        with session() as made, pytest.raises(REFUSED):
            made.execute(words.encode())


def test_the_extracting_role_raises_rather_than_find_nothing(two: Two) -> None:
    with session("extract") as made:
        with pytest.raises(REFUSED):
            made.execute("select count(code) from person")
        made.rollback()
        scope.enter(made, scope_of(two.own))
        row = made.execute("select count(code) from person").fetchone()
        assert row == (1,)


def test_the_backup_reads_all_and_the_owner_changes_all(two: Two) -> None:
    with session("backup") as made:
        assert seen(made) == 2
    with session("owner") as made:
        assert made.execute("update person set address = 'x'").rowcount == 2


# ---------------------------------------------------------------- through Django


def test_whatever_a_query_forgets_the_actors_scope_holds(two: Two) -> None:
    with acting_as(head_of(two.own)):
        assert list(QuerySet(Person)) == [two.mine]
    with acting_as(STRANGER):
        assert not QuerySet(Person).exists()
    with acting_as(oneself(two.theirs)):
        assert list(QuerySet(Person)) == [two.theirs]


def test_it_holds_within_a_transaction_that_is_open_and_ends_with_the_block(two: Two) -> None:
    with transaction.atomic():
        assert QuerySet(Person).count() == 2
        with acting_as(head_of(two.own)):
            assert QuerySet(Person).count() == 1
            with transaction.atomic():
                QuerySet(Person).count()
                transaction.set_rollback(True)
            assert QuerySet(Person).count() == 1
        assert QuerySet(Person).count() == 2


def test_a_streamed_query_is_held_too(two: Two) -> None:
    with acting_as(head_of(two.own)):
        assert [person.id for person in QuerySet(Person).iterator(chunk_size=1)] == [two.mine.id]


def test_the_manager_is_a_lock_of_its_own(two: Two) -> None:
    """Row-level security does not bind the owner, so here is what the code alone holds back."""
    with acting_as(head_of(two.own)):
        assert QuerySet(Person).using("owner").count() == 2, "no lock but the manager's"
        assert list(Person.objects.using("owner")) == [two.mine]
        assert Affiliation.objects.using("owner").get().person_id == two.mine.id
    with acting_as(oneself(two.theirs)):
        assert list(Person.objects.using("owner")) == [two.theirs]


def test_the_manager_raises_where_nobody_said_who_acts(two: Two) -> None:
    with scope.remembered(None), pytest.raises(ScopeMissing):
        Person.objects.count()


def test_what_an_action_writes_elsewhere_is_refused_by_the_database(two: Two) -> None:
    """Even if its own check were forgotten: here the actor is taken for the operator."""
    with acting_as(head_of(two.own)), pytest.raises(Exception, match="row-level security"):
        enrol_person(branch=two.foreign, last_name="Чужая", by=OPERATOR, at=AT)
