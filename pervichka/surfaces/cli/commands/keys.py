"""`pervichka keys`: what contacts, sessions, factors, sheets, exports, appeals are sealed with."""

from typing import TYPE_CHECKING

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.refusing import REFUSED
from pervichka.surfaces.cli.run import Run

if TYPE_CHECKING:
    from pervichka.register.people.actions.resealing import Resealed


def register(app: typer.Typer) -> None:
    keys = group(
        "keys",
        "The keys that contacts, sessions, factors and appeals are sealed with.",
        into=app,
    )
    command(keys, "status")(status)
    command(keys, "rotate")(rotate)


def status(run: Run) -> None:
    """Show each version of the keys, and how much is sealed or suppressed under it.

    A version under which nothing is left may be taken out of the key file; older backups need it.
    """
    from pervichka.foundation import vault
    from pervichka.register.access.permissions import Permission
    from pervichka.register.access.policy import demand
    from pervichka.register.accounts.actions import factors_by_version, sessions_by_version
    from pervichka.register.disclosure.actions import exports_by_version
    from pervichka.register.people.actions.resealing import contact_points_by_version
    from pervichka.register.people.actions.resealing_sheets import sheets_by_version
    from pervichka.register.people.suppression import suppressed_by_version
    from pervichka.work.casework.actions import casework_by_version

    demand(run.actor, Permission.KEEP_KEYS)
    ring = vault.ring()
    points, sessions = contact_points_by_version(), sessions_by_version()
    factors = factors_by_version()
    sheets, exports = sheets_by_version(), exports_by_version()
    suppressed = suppressed_by_version()
    appeals = casework_by_version()
    held = {*points, *sessions, *factors, *sheets, *exports, *suppressed, *appeals}
    versions = sorted({*ring.versions, *held})
    run.rows(
        "Keys",
        (
            "version",
            "current",
            "there",
            "contact_points",
            "sessions",
            "second_factors",
            "sheets",
            "exports",
            "suppressed",
            "appeals",
        ),
        [
            (
                version,
                version == ring.current,
                version in ring.versions,
                points.get(version, 0),
                sessions.get(version, 0),
                factors.get(version, 0),
                sheets.get(version, 0),
                exports.get(version, 0),
                suppressed.get(version, 0),
                appeals.get(version, 0),
            )
            for version in versions
        ],
    )


def rotate(run: Run) -> None:
    """Make a new key and seal everything anew under it, in batches; others work on meanwhile.

    Cut short, run it again: it goes on under the same key. Keys from the environment are added
    there first. Exit 1 if something could not be opened; it is left as it is.
    """
    from pervichka.foundation import vault
    from pervichka.register.access.permissions import Permission
    from pervichka.register.access.policy import demand
    from pervichka.register.accounts.actions import (
        factors_by_version,
        reseal_factors,
        reseal_sessions,
        sessions_by_version,
    )
    from pervichka.register.disclosure.actions import exports_by_version, reseal_exports
    from pervichka.register.people.actions.resealing import (
        contact_points_by_version,
        reseal_contact_points,
    )
    from pervichka.register.people.actions.resealing_sheets import reseal_sheets, sheets_by_version
    from pervichka.work.casework.actions import casework_by_version, reseal_casework

    demand(run.actor, Permission.KEEP_KEYS)
    points, sessions = contact_points_by_version(), sessions_by_version()
    current = vault.ring().current
    besides = {*factors_by_version(), *sheets_by_version(), *exports_by_version()}
    if not {*points, *sessions, *besides, *casework_by_version()} - {current}:
        current = vault.add_key()
    waiting = sum(rows for version, rows in points.items() if version != current)
    with run.progress() as bar:
        task = bar.add_task(tr("Sealing anew…"), total=waiting)
        resealed = reseal_contact_points(
            by=run.actor,
            at=run.at,
            progress=lambda rows: bar.update(task, completed=rows),
        )
        counts = {
            "sessions": reseal_sessions(by=run.actor, at=run.at),
            "second_factors": reseal_factors(by=run.actor, at=run.at),
            "sheets": reseal_sheets(by=run.actor, at=run.at),
            "exports": reseal_exports(by=run.actor, at=run.at),
        }
        counts["appeals"], unopened = reseal_casework(by=run.actor, at=run.at)
    resealed.unopenable += unopened
    _tell(run, current, resealed, counts)


def _tell(run: Run, version: int, resealed: "Resealed", besides: dict[str, int]) -> None:
    run.tell(
        "Keys rotated",
        {
            "version": version,
            "contact_points": resealed.rows,
            **besides,
            "unopenable": len(resealed.unopenable),
        },
    )
    if resealed.unopenable:
        raise typer.Exit(REFUSED)
