"""The embedded server: it starts, is shared, outlives any kill, and goes when nobody needs it."""

import os
import stat
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from pervichka.foundation import postgres
from pervichka.foundation.locks import is_held
from pervichka.foundation.postgres import layout, server
from pervichka.foundation.postgres.account import server_account
from pervichka.foundation.postgres.errors import PostgresUnavailable
from tests.foundation.postgres import processes

pytestmark = pytest.mark.usefixtures("own_home")


def ask(query: str, role: postgres.Role = "app") -> object:
    with psycopg.connect(postgres.connect_info(role).url) as session:
        cursor = session.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_nothing_happens_before_it_is_asked_for(own_home: Path) -> None:
    postgres.django_settings("app")

    assert not own_home.exists()


def test_starts_and_knows_cyrillic_letters() -> None:
    postgres.ready()

    assert ask("select lower('ПЁТР ҐҮ') || upper('ёж')") == "пётр ґүЁЖ"
    assert ask("select 'Ё' ~* 'ё' and 'ПЁТР' ilike 'пётр'") is True
    assert ask("show server_encoding") == "UTF8"
    assert ask("show fsync") == "on"


def test_listens_on_no_network_address() -> None:
    postgres.ready()

    assert ask("show listen_addresses") == ""


def test_refuses_a_wrong_password() -> None:
    postgres.ready()
    wrong = postgres.connect_info("app").url.replace("pervichka_app:", "pervichka_owner:")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_opens_no_folder_to_others(own_home: Path) -> None:
    own_home.mkdir(mode=0o700)
    before = [stat.S_IMODE(folder.stat().st_mode) for folder in own_home.parents]

    postgres.ready()

    assert [stat.S_IMODE(folder.stat().st_mode) for folder in own_home.parents] == before
    for folder in (own_home, own_home / "keys", layout.root(), layout.data()):
        assert stat.S_IMODE(folder.stat().st_mode) & 0o007 == 0


def test_two_commands_started_at_once_share_one_server() -> None:
    commands = [processes.begin() for _ in range(3)]
    try:
        assert len({processes.started_at(command) for command in commands}) == 1
    finally:
        for command in commands:
            command.kill()
            command.communicate()


def test_starts_again_after_its_processes_were_killed() -> None:
    postgres.ready()
    ask("create table kept as select 7 as number", "owner")
    postgres.stop()
    with processes.running() as command:
        processes.started_at(command)
        processes.kill(processes.keeper())
        processes.kill(processes.postmaster())
        processes.kill(command.pid)
    processes.wait_until_dead()

    postgres.ready()

    assert ask("select number from kept") == 7


def test_starts_though_the_number_of_its_dead_process_was_given_away() -> None:
    postgres.ready()
    postgres.stop()
    # As after a crash and a restart of the machine: the number now belongs to a process of the
    # same user that has nothing to do with us, and a socket of old lies about.
    account = server_account()
    who = account.as_arguments() if account else {}
    with subprocess.Popen(["sleep", "60"], **who) as sleeper:
        stale = f"{sleeper.pid}\n{layout.data()}\n1\n5432\n../socket\n\n1 1\nready\n"
        (layout.data() / "postmaster.pid").write_text(stale)
        (layout.socket_folder() / ".s.PGSQL.5432").touch()
        try:
            postgres.ready()

            assert ask("select 1") == 1
        finally:
            sleeper.kill()


def test_the_keeper_starts_a_killed_server_again_while_it_is_used() -> None:
    postgres.ready()
    first = ask("select pg_postmaster_start_time()")
    processes.kill(processes.postmaster())

    postgres.ensure_running()
    deadline = time.monotonic() + 20
    while True:
        try:
            second = ask("select pg_postmaster_start_time()")
        except psycopg.OperationalError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
            continue
        break

    assert second != first


def test_a_server_whose_keeper_was_killed_is_adopted() -> None:
    postgres.ready()
    first = ask("select pg_postmaster_start_time()")
    processes.kill(processes.keeper())

    with processes.running() as command:
        processes.started_at(command)
        assert ask("select pg_postmaster_start_time()") == first
        assert is_held(layout.root() / "keeper.lock")


def test_a_kill_during_the_making_of_the_cluster_leaves_no_half_of_it(own_home: Path) -> None:
    half = own_home / "postgres" / "data.draft" / "base"
    half.mkdir(parents=True)

    postgres.ready()

    assert not half.parent.exists()


def test_ends_once_nobody_has_used_it_for_a_while() -> None:
    with processes.running(PERVICHKA_POSTGRES_LINGER="1") as command:
        processes.started_at(command)
        time.sleep(2.5)
        assert server.lives()
    processes.wait_until_dead()


def test_stays_while_a_client_without_a_lease_is_connected() -> None:
    with processes.running(PERVICHKA_POSTGRES_LINGER="1") as command:
        processes.started_at(command)
        client = psycopg.connect(postgres.connect_info("app").url)
    with client:
        time.sleep(3)
        assert client.execute("select 1").fetchone() == (1,)
    processes.wait_until_dead()


def test_is_not_stopped_under_another_command() -> None:
    with processes.running() as command:
        processes.started_at(command)

        with pytest.raises(PostgresUnavailable, match="Another process uses"):
            postgres.stop()


def test_lies_as_deep_as_one_likes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path.joinpath(*(["очень-глубоко"] * 8))
    monkeypatch.setenv("PERVICHKA_HOME", str(deep))
    try:
        postgres.ready()

        assert len(os.fsencode(deep)) > 200
        assert ask("select 1") == 1
    finally:
        postgres.stop()


def test_says_why_it_cannot_start() -> None:
    postgres.ready()
    postgres.stop()
    (layout.data() / "PG_VERSION").write_text("9\n")

    with pytest.raises(PostgresUnavailable, match="was made by PostgreSQL 9"):
        postgres.ensure_running()


def test_does_not_bring_a_deleted_folder_back(own_home: Path) -> None:
    with processes.running(PERVICHKA_POSTGRES_LINGER="1") as command:
        processes.started_at(command)
        own_home.rename(own_home.with_name("gone"))
    time.sleep(2)

    assert not own_home.exists()
