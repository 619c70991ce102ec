"""Databases for tests: migrated once into a template, then copied.

One run of the tests (each xdist worker of it) has a database of its own, so any number of runs may
go at once on one server. The template is named by a digest of the package's files; a run whose
package no one has tested yet builds it, and the others wait for that one.
"""

import contextlib
import functools
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from psycopg import sql

from pervichka.foundation import postgres
from pervichka.foundation.postgres.connection import connect_info
from pervichka.foundation.postgres.databases import (
    create_database,
    database_exists,
    drop_database,
)
from pervichka.foundation.postgres.scope import keep_key
from pervichka.foundation.postgres.sessions import Session, maintenance, opened

_PACKAGE = Path(__file__).resolve().parent.parent / "pervichka"
_TEMPLATE = "pervichka_template_"
_RUN = "test_pervichka_"
_TEMPLATES_KEPT = 4
_LOCK = 0x74657374
# What migrations cannot depend on, so that work on a page does not cost a new template.
_NEVER_READ = {"__pycache__", "templates", "static", "locale", "web", "api", "cli"}


@contextlib.contextmanager
def own_database() -> Iterator[str]:
    """A migrated database for this process, to which all of Django's aliases point meanwhile."""
    with another_database() as name, django_at(name):
        yield name


@contextlib.contextmanager
def another_database(purpose: str = "") -> Iterator[str]:
    """A migrated database for this process that others may work in too; dropped in the end."""
    postgres.ready()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"{_RUN}{os.getpid()}_{worker}{purpose}"
    with maintenance(connect_info("admin")) as session:
        _trade_safety_for_speed(session)
        _drop_what_killed_runs_left(session)
        session.execute("select pg_advisory_lock(%s)", [_LOCK])
        template = _template(session)
    drop_database(name)
    create_database(name, template=template)
    try:
        yield name
    finally:
        drop_database(name)


@contextlib.contextmanager
def django_at(name: str) -> Iterator[None]:
    """All of Django's aliases point to that database meanwhile."""
    before = _point_django_at(name)
    try:
        yield
    finally:
        _point_django_at(before)


def renew(name: str) -> None:
    """Throw away everything a test has committed.

    A fresh copy of the template, rather than Django's flush: that would need TRUNCATE, which the
    application's role has not, would be refused by append-only tables, and would also empty what
    migrations have filled.
    """
    connections.close_all()
    drop_database(name)
    create_database(name, template=_template_name())


def _template(session: Session) -> str:
    name = _template_name()
    if not database_exists(session, name):
        draft = f"{name}_draft"
        drop_database(draft)
        postgres.prepare_roles_and_database(draft)
        before = _point_django_at(draft)
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        connections.close_all()
        _point_django_at(before)
        with opened(connect_info("owner", draft)) as owner:
            keep_key(owner)
        session.execute(
            sql.SQL("alter database {} rename to {}").format(
                sql.Identifier(draft), sql.Identifier(name)
            )
        )
        _drop_old_templates(session)
    return name


@functools.cache  # One run keeps the template it began with, whoever edits the package meanwhile.
def _template_name() -> str:
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE)
        if path.is_file() and not _NEVER_READ.intersection(name.parts):
            digest.update(str(name).encode())
            digest.update(path.read_bytes())
    return _TEMPLATE + digest.hexdigest()[:16]


def _drop_old_templates(session: Session) -> None:
    query = "select datname from pg_database where datname ~ %s order by oid desc offset %s"
    found = session.execute(query, [f"^{_TEMPLATE}[0-9a-f]+$", _TEMPLATES_KEPT]).fetchall()
    for (name,) in found:
        drop_database(str(name))


def _drop_what_killed_runs_left(session: Session) -> None:
    # Only on our own server are all the process numbers those of this machine.
    if not postgres.is_embedded():
        return
    query = "select datname from pg_database where datname ~ %s"
    for (name,) in session.execute(query, [f"^{_RUN}[0-9]+_"]).fetchall():
        found = re.match(rf"{_RUN}(\d+)_", str(name))
        if found and not _alive(int(found.group(1))):
            drop_database(str(name))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _trade_safety_for_speed(session: Session) -> None:
    # A power cut may cost the tests' own server its data. Nobody will miss them.
    if postgres.is_embedded():
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            session.execute(sql.SQL("alter system set {} = off").format(sql.Identifier(setting)))
        session.execute("select pg_reload_conf()")


def _point_django_at(name: str) -> str:
    connections.close_all()
    before = str(connections["default"].settings_dict["NAME"])
    for wrapper in connections.all():
        wrapper.settings_dict["NAME"] = name
        # What other threads' connections are made from.
        connections.settings[wrapper.alias]["NAME"] = name
    return before
