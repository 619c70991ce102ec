"""Ways round the locks are seen before the program serves anyone."""

import psycopg
import pytest
from django.db import connection

from pervichka.foundation import postgres
from pervichka.foundation.postgres.unlocked import unlocked
from pervichka.foundation.refusal import Refused
from pervichka.surfaces.cli.preparing import refuse_unlocked

pytestmark = pytest.mark.django_db(transaction=True)


def found(role: postgres.Role = "app") -> list[str]:
    where = postgres.connect_info(role, str(connection.settings_dict["NAME"]))
    with psycopg.connect(where.url) as session:
        return [str(reason) for reason in unlocked(session)]


def as_owner(words: str) -> None:
    where = postgres.connect_info("owner", str(connection.settings_dict["NAME"]))
    with psycopg.connect(where.url) as session:
        session.execute(words.encode())


def test_as_it_ships_there_is_none() -> None:
    assert found() == []
    refuse_unlocked()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("alter table contact_point no force row level security", "contact_point is not locked"),
        ("alter table attendance disable row level security", "attendance is not locked"),
        (
            "create table note (id int primary key, about uuid references person)",
            "note is not locked",
        ),
        (
            "create table diary (id int primary key, of_event uuid references event)",
            "diary is not locked",
        ),
        ("create table spot (branch_id uuid, place bigint)", "spot is not locked"),
        ("create materialized view faces as select id from person", "faces is a materialised view"),
        (
            "create view names as select last_name from person",
            "names is a view of a locked table without",
        ),
        (
            "alter function scope_code(text) set search_path = pg_catalog, public",
            "scope_code looks among temporary tables",
        ),
    ],
)
def test_a_way_round_is_named_and_refused(words: str, reason: str) -> None:
    as_owner(words)
    assert any(reason in one for one in found())
    with pytest.raises(Refused, match=reason.split(maxsplit=1)[0]):
        refuse_unlocked()


def test_a_view_that_looks_with_the_askers_eyes_is_none() -> None:
    as_owner("create view own with (security_invoker = true) as select id from person")
    assert found() == []


def test_roles_whom_no_lock_binds_are_named() -> None:
    assert "bound by no lock" in " ".join(found("admin"))
    assert "belongs to pervichka_owner" in " ".join(found("owner"))
