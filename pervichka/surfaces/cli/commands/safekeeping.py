"""`pervichka backup`, `restore`, `doctor`: keeping what there is, and seeing whether it is well."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pervichka.foundation.refusal import Reason, Refused
from pervichka.surfaces.cli.command import command
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.refusing import REFUSED
from pervichka.surfaces.cli.run import Run

_FILE = Annotated[Path, typer.Argument(metavar="FILE", help=tr("The backup's file."))]


def register(app: typer.Typer) -> None:
    command(app, "backup")(backup)
    command(app, "restore", database=False)(restore)
    command(app, "doctor")(doctor)


def backup(run: Run, file: _FILE) -> None:
    """Write the whole database, as of this moment, to a file that its owner alone can read.

    The keys in PERVICHKA_HOME/keys are not in it: keep them apart, in another place.
    """
    from django.db import transaction

    from pervichka.foundation.journal import journal
    from pervichka.foundation.postgres import dumping
    from pervichka.register.access.permissions import Permission
    from pervichka.register.access.policy import demand

    demand(run.actor, Permission.KEEP_DATABASE)
    with run.busy("Writing {file}…", file=file.name):
        dumping.dump(file)
    with transaction.atomic():
        journal.append(
            by=run.actor, at=run.at, action="database.backed_up", subject=("database", "backup")
        )
    run.tell("Backed up", {"file": file, "bytes": file.stat().st_size})


def restore(run: Run, file: _FILE) -> None:
    """Put the database of a backup in the place of this one.

    The one before is kept under another name, which is said. Stop `serve` and `worker` first:
    whoever is connected is cut off. Whoever was erased since the backup is erased again before
    anybody is served; the file PERVICHKA_HOME/erasures says who, by identifiers alone.
    """
    from pervichka.foundation import postgres
    from pervichka.foundation.journal.restoring import keep_ticks_rising
    from pervichka.foundation.postgres import dumping
    from pervichka.foundation.postgres.scope import keep_key
    from pervichka.foundation.postgres.sessions import opened
    from pervichka.register.access.permissions import Permission
    from pervichka.register.access.policy import demand
    from pervichka.register.people.restoring import remember, suppress_again
    from pervichka.surfaces.cli import preparing

    if run.user is not None:
        # Only the database that is to go knows what this user may; the operator needs none.
        preparing.prepare(run)
        demand(run.actor, Permission.KEEP_DATABASE)
    if not file.is_file():
        raise Refused(Reason(message="there is no such file", file=str(file)))
    postgres.ready()
    current = postgres.connect_info("owner").dbname
    draft, aside = f"{current}_restoring", f"{current}_before_{_stamp(run.at)}"
    with opened(postgres.connect_info("owner")) as session:
        suppressions = remember(session)
    try:
        with run.busy("Reading {file}…", file=file.name):
            dumping.restore_into(draft, file)
    except dumping.NotADump as error:
        raise Refused(Reason(message=str(error), file=None)) from None
    with opened(postgres.connect_info("owner", draft)) as session:
        keep_ticks_rising(session)
        keep_key(session)
    with preparing.leading_to(draft):
        preparing.prepare(run)
        with opened(postgres.connect_info("owner", draft)) as session:
            suppress_again(session, suppressions)
        erased = _erase_again(run)
    dumping.swap(draft, aside=aside)
    preparing.prepare(run)
    told = {"file": file, "database": current, "kept_before_as": aside, "erased_again": erased}
    run.tell("Restored", told)


def _erase_again(run: Run) -> int:
    # Not before Django is set up.
    from pervichka.register.branches.acting import OPERATOR, acting_as
    from pervichka.standard.facts.actions.erasing import replay_erasures

    with acting_as(OPERATOR):
        return replay_erasures(by=OPERATOR, at=run.at)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%d_%H%M%S")


def doctor(run: Run) -> None:
    """Look at what can go wrong and say what is; exit 1 if anything is not well."""
    from pervichka.register.access.permissions import Permission
    from pervichka.surfaces.cli import health

    run.demand(Permission.KEEP_DATABASE)
    findings = [_found(name, look, run) for name, look in health.LOOKS]
    run.rows("Is all well?", ("check", "holds", "finding"), findings)
    if not all(holds for _, holds, _ in findings):
        raise typer.Exit(REFUSED)


def _found(
    name: str, look: "Callable[[datetime], tuple[bool, str]]", run: Run
) -> tuple[str, bool, str]:
    from pervichka.surfaces.cli import health

    holds, finding = health.looked(look, run.at)
    return tr(name) if not run.json else name, holds, finding
