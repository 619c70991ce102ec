"""Every command finds the database prepared: running, with every table this release knows.

The usual answer is "it is", and costs one query. Else the migrations run as the owner, one command
at a time: a second one that starts meanwhile waits and finds the work done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import translation

from pervichka.foundation import postgres
from pervichka.foundation.postgres.scope import accepts_key, keep_key
from pervichka.foundation.postgres.sessions import opened
from pervichka.foundation.postgres.unlocked import unlocked
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.packs.calendar import load_voting_days
from pervichka.register.branches.queries.pack import current_pack
from pervichka.surfaces.cli.language import wanted
from pervichka.surfaces.cli.run import Run

_LOCK = 0x6D696772


def prepare(run: Run) -> None:
    """Raises `PostgresUnavailable`."""
    django.setup()
    translation.activate(wanted())
    if is_prepared():
        return
    with _one_at_a_time(), run.busy("Preparing the database…"):
        if not is_prepared():
            call_command("migrate", database="owner", interactive=False, verbosity=0)
            with opened(postgres.connect_info("owner")) as session:
                keep_key(session)
            # The server may have refused to plan anew what it knew before the tables changed.
            connections.close_all()


@contextmanager
def leading_to(dbname: str) -> Iterator[None]:
    """In the block this process works in another database of the same server."""
    django.setup()
    before = {one.alias: one.settings_dict["NAME"] for one in connections.all()}
    try:
        _lead(dict.fromkeys(before, dbname))
        yield
    finally:
        _lead(before)


def _lead(names: dict[str, str]) -> None:
    connections.close_all()
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name


def is_prepared() -> bool:
    """Whether every migration that is installed has been applied."""
    return installed_migrations() <= _applied_migrations() and _takes_our_scopes()


def installed_migrations() -> set[tuple[str, str]]:
    """Pairs of an application's label and a migration's name, from the names of files alone."""
    return {
        (config.label, file.stem)
        for config in apps.get_app_configs()
        for file in Path(config.path, "migrations").glob("[!_]*.py")
    }


def _applied_migrations() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('django_migrations') is not null")
        if not cursor.fetchone()[0]:
            return set()
        cursor.execute("select app, name from django_migrations")
        return set(cursor.fetchall())


def _takes_our_scopes() -> bool:
    """Not so in a database that came from elsewhere, until it is told our key."""
    connection.ensure_connection()
    return accepts_key(connection.connection)


def refuse_unlocked() -> None:
    """Serve nobody from a database that would show more than it should. Raises `Refused`."""
    with opened(postgres.connect_info("app", str(connection.settings_dict["NAME"]))) as session:
        found = unlocked(session)
    if found:
        raise Refused(*found)


def refuse_wrong_pack() -> None:
    """Serve nobody whose every page would fail for want of the pack. Raises `Refused`."""
    current_pack()
    load_voting_days(settings.PACK)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with psycopg.connect(postgres.connect_info("owner").url, autocommit=True) as session:
        session.execute("select pg_advisory_lock(%s)", [_LOCK])
        yield
