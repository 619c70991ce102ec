"""What each role of the database may do, on the embedded server and on another alike."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pervichka.foundation import postgres
from pervichka.foundation.postgres import roles
from pervichka.foundation.postgres.databases import create_database, drop_database
from pervichka.foundation.postgres.dumping import restore_into
from pervichka.foundation.postgres.errors import PostgresUnavailable
from pervichka.foundation.postgres.roles import is_prepared
from tests.foundation.postgres import other_servers

Refused = psycopg.errors.InsufficientPrivilege


def run(role: postgres.Role, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(postgres.connect_info(role).url) as session:
        cursor = session.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def people(database: None) -> None:
    """A table of the owner's with a row, made with no further grants, under row-level security."""
    run("owner", "drop table if exists people")
    run("owner", "create table people (id bigint generated always as identity, name text)")
    run("owner", "insert into people (name) values ('Анна')")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("role", postgres.OUR_ROLES)
def test_no_role_of_ours_has_powers_over_the_cluster(role: postgres.Role) -> None:
    powers = run(
        role,
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " from pg_roles where rolname = current_user",
    )

    assert run(role, "select current_user::text") == [(postgres.role_name(role),)]
    assert powers == [(False, False, False, False, False)]


@pytest.mark.usefixtures("people")
def test_app_reads_and_writes_but_owns_nothing() -> None:
    run("app", "insert into people (name) values ('Борис')")
    run("app", "update people set name = 'Борис Б.' where name = 'Борис'")
    run("app", "delete from people where name = 'Борис Б.'")

    assert run("app", "select name from people") == [("Анна",)]
    for forbidden in (
        "create table mine (id int)",
        "create schema mine",
        "truncate people",
        "alter table people disable row level security",
        "drop table people",
        "create role another",
        "set role pervichka_owner",
    ):
        with pytest.raises(Refused):
            run("app", forbidden)


@pytest.mark.usefixtures("people")
def test_row_level_security_binds_app_and_the_owner_too() -> None:
    run("owner", "alter table people enable row level security")
    run("owner", "alter table people force row level security")

    assert run("app", "select * from people") == []
    assert run("owner", "select * from people") == []


@pytest.mark.usefixtures("people")
def test_extract_reads_only_what_it_is_granted() -> None:
    with pytest.raises(Refused):
        run("extract", "select * from people")

    run("owner", "grant select (id) on people to pervichka_extract")

    assert len(run("extract", "select id from people")) == 1
    with pytest.raises(Refused):
        run("extract", "select name from people")


@pytest.mark.usefixtures("people")
def test_backup_reads_everything_and_writes_nothing() -> None:
    assert run("backup", "select name from people") == [("Анна",)]
    assert run("backup", "select last_value from people_id_seq") == [(1,)]
    with pytest.raises((Refused, psycopg.errors.ReadOnlySqlTransaction)):
        run("backup", "delete from people")
    with pytest.raises(Refused):
        run("backup", "set transaction read write; delete from people")


@pytest.mark.usefixtures("database")
def test_nobody_else_may_connect() -> None:
    with psycopg.connect(postgres.connect_info("admin").url) as session:
        row = session.execute(
            "select has_database_privilege('public', current_database(), 'connect')"
        ).fetchone()

    assert row == (False,)


@pytest.mark.usefixtures("database")
def test_preparing_again_changes_nothing() -> None:
    before = run("admin", "select oid, rolname::text, rolpassword from pg_authid order by oid")

    postgres.prepare_roles_and_database()

    assert is_prepared()
    assert before == run(
        "admin", "select oid, rolname::text, rolpassword from pg_authid order by oid"
    )


@pytest.mark.usefixtures("database")
def test_a_role_that_was_given_too_much_is_narrowed_again() -> None:
    run("admin", "alter role pervichka_app bypassrls createdb")

    postgres.prepare_roles_and_database()

    assert run(
        "app", "select rolbypassrls or rolcreatedb from pg_roles where rolname = current_user"
    ) == [(False,)]


def test_another_home_on_the_same_server_takes_its_roles_over(
    other_server: str, own_home: None, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("DATABASE_URL", other_server)
    postgres.ready()
    first = postgres.connect_info("app").password
    monkeypatch.setenv("PERVICHKA_HOME", f"{tmp_path}/second")

    postgres.ready()

    assert postgres.connect_info("app").password != first
    assert run("app", "select 1") == [(1,)]


@pytest.fixture
def modest(
    other_server: str, own_home: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """DATABASE_URL names a user who owns a database and may do nothing else; gives its better."""
    address = other_server.replace("/pervichka", "/modest")
    monkeypatch.setenv("DATABASE_URL", address)
    create_database("modest")
    with psycopg.connect(address, autocommit=True) as administrator:
        administrator.execute("create role modest login password 'modest'")
        administrator.execute("alter database modest owner to modest")
        monkeypatch.setenv("DATABASE_URL", f"postgresql://modest:modest@{address.split('@')[1]}")
        yield administrator
    monkeypatch.setenv("DATABASE_URL", address)
    drop_database("modest")
    with psycopg.connect(other_server.replace("/pervichka", "/postgres")) as administrator:
        administrator.execute("drop role modest")


def test_says_what_an_administrator_must_run(
    modest: psycopg.Connection[tuple[object, ...]],
) -> None:
    with pytest.raises(PostgresUnavailable, match="An administrator must run") as refusal:
        postgres.ready()
    script = str(refusal.value).partition("\n")[2]
    assert "password 'SCRAM-SHA-256" in script
    assert postgres.connect_info("app").password not in script

    modest.execute(script.encode())
    postgres.ready()

    run("owner", "create table made (id int)")
    assert run("app", "select count(*) from made") == [(0,)]


def test_says_what_a_restore_needs(
    modest: psycopg.Connection[tuple[object, ...]], tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    backup.write_bytes(b"PGDMP")

    with pytest.raises(PostgresUnavailable, match='ALTER ROLE "modest" CREATEDB;'):
        restore_into("modest_restoring", backup)


def test_a_user_who_may_make_roles_and_databases_needs_no_administrator(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = other_servers.programs()
    if programs is None:
        pytest.skip("no PostgreSQL server of 15 or later is installed on this machine")
    with other_servers.running(programs) as url:
        with psycopg.connect(url.replace("/pervichka", "/postgres")) as root:
            root.execute("create role anna login createrole createdb password 'anna'")
        monkeypatch.setenv("DATABASE_URL", f"postgresql://anna:anna@{url.split('@')[1]}")

        postgres.ready()

        run("owner", "create table made (id int)")
        assert run("app", "select count(*) from made") == [(0,)]
        monkeypatch.delenv("DATABASE_URL")


def test_a_database_that_knows_no_cyrillic_letters_is_refused(
    other_server: str, own_home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The cluster, and so its database "postgres", was made under the locale C.
    monkeypatch.setenv("DATABASE_URL", other_server.replace("/pervichka", "/postgres"))

    with pytest.raises(PostgresUnavailable, match="does not know Cyrillic letters"):
        postgres.ready()


@pytest.mark.usefixtures("database")
def test_an_old_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "_OLDEST", 990000)

    with pytest.raises(PostgresUnavailable, match="PostgreSQL 15 or later is needed"):
        postgres.prepare_roles_and_database()


def test_a_server_that_does_not_answer_is_named(
    own_home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna:secret-word@127.0.0.1:1/pervichka")

    with pytest.raises(PostgresUnavailable, match="check DATABASE_URL") as refusal:
        postgres.ready()

    assert str(refusal.value).startswith("anna can't connect to 127.0.0.1:1/pervichka: ")
    assert "secret-word" not in str(refusal.value)


def test_a_lost_key_is_named(own_home: Path) -> None:
    postgres.ready()
    (own_home / "keys" / "postgres").rename(own_home / "key-elsewhere")
    try:
        with pytest.raises(
            PostgresUnavailable, match=r"(?s)password authentication failed.*keys/postgres"
        ):
            postgres.ready()
    finally:
        (own_home / "key-elsewhere").replace(own_home / "keys" / "postgres")


@pytest.mark.parametrize(
    "url", ["mysql://a@b/c", "postgresql://b/c", "postgresql://a@b:port/c", "just words"]
)
def test_a_wrong_address_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(PostgresUnavailable, match="DATABASE_URL"):
        postgres.connect_info("admin")


def test_addresses_survive_being_written_as_text(
    own_home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql://an%40na:p%3Aw%2F%20d@[::1]:5433/%D0%B1%D0%B0%D0%B7%D0%B0?sslmode=require"
    monkeypatch.setenv("DATABASE_URL", url)

    where = postgres.connect_info("admin")

    assert (where.host, where.port, where.dbname) == ("::1", 5433, "база")
    assert (where.user, where.password) == ("an@na", "p:w/ d")
    assert psycopg.conninfo.conninfo_to_dict(where.url) == {
        "host": "::1",
        "port": "5433",
        "dbname": "база",
        "user": "an@na",
        "password": "p:w/ d",
        "sslmode": "require",
    }
