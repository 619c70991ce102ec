"""The thread that follows the journal: reacts to what was done and seals it."""

import threading

import psycopg
import structlog
from django.db import connection

from pervichka.foundation import clock, postgres
from pervichka.foundation.journal.following import next_entries
from pervichka.foundation.journal.sealing import seal
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.people.actions.sealing import seal_ledger
from pervichka.standard.facts.actions.following import FOLLOWER
from pervichka.surfaces.jobs.reactions import react

log = structlog.get_logger()
# Between two looks at the journal when nobody notifies.
_PATIENCE = 1.0
_AFTER_A_FAULT = 3.0


def follow(stopping: threading.Event) -> None:
    """Follow until told to stop; a fault is logged and tried again from the same place."""
    while not stopping.is_set():
        try:
            _listen(stopping)
        except Exception as error:  # noqa: BLE001 - a follower that died would go unnoticed
            log.warning("follower.fault", error=type(error).__name__)
            connection.close()
            stopping.wait(_AFTER_A_FAULT)


def step() -> bool:
    """React to the next entries and seal what is finished; whether there was anything to do."""
    at = clock.now()
    with acting_as(SYSTEM):
        with next_entries(FOLLOWER) as acts:
            react(acts, at)
        sealed = seal(at=at)
        seal_ledger(at=at)
    return bool(acts) or sealed > 0


def _listen(stopping: threading.Event) -> None:
    # Notifications come over a connection of their own, outside any transaction.
    where = postgres.connect_info("app", str(connection.settings_dict["NAME"]))
    with psycopg.connect(where.url, autocommit=True) as listening:
        listening.execute("listen journal")
        while not stopping.is_set():
            while step() and not stopping.is_set():
                pass
            for _ in listening.notifies(timeout=_PATIENCE, stop_after=1):
                pass
