"""Jobs. Each may run twice and must then change nothing the second time."""

from contextlib import suppress

import structlog
from django.db import connection, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.work.casework.actions import forget_applicants, settle_silent

log = structlog.get_logger()

_ATTEMPTS = 5
_AFTER_A_FAULT = 3


@app.task(name="score", queue="scores", lock="scores")
def score(month: str, slug: str, attempt: int = 1) -> None:
    """Recompute one month of one standard."""
    try:
        with acting_as(SYSTEM):
            score_period(month=Month.parse(month), slug=slug, by=SYSTEM, at=clock.now())
    except Refused as refused:
        # Closed, or withdrawn from force, since the job was asked for.
        log.info("score.not_due", month=month, standard=slug, reason=str(refused))
    except Exception as error:
        if attempt >= _ATTEMPTS:
            raise
        # Asked for anew and not put back: a job put back would collide with one asked for
        # meanwhile, never end, and hold up all others.
        log.warning("score.fault", month=month, standard=slug, exc_info=error)
        connection.close()
        ask_for_score(Month.parse(month), slug, attempt=attempt + 1)
    finally:
        # The runner's threads come and go; a connection left in one would stay open.
        connection.close()


@transaction.atomic
def ask_for_score(month: Month, slug: str, *, attempt: int = 1) -> None:
    """Have a month recomputed; asked for again before it began, it runs once."""
    waiting = f"score {slug} {month}"
    job = app.configure_task(
        name="score",
        queue="scores",
        lock="scores",
        queueing_lock=waiting,
        schedule_in=None if attempt == 1 else {"seconds": _AFTER_A_FAULT},
    )
    while not _is_held_back(waiting):
        # In a savepoint: the refusal of a second job must not undo what the caller has written.
        with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
            job.defer(month=str(month), slug=slug, attempt=attempt)
            return


def _is_held_back(waiting: str) -> bool:
    """Whether such a job waits; it then begins only after the caller's transaction.

    Else it could begin before what it is asked for is committed, and would miss it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select from procrastinate_jobs where queueing_lock = %s and status = 'todo'"
            " for update",
            [waiting],
        )
        return bool(cursor.rowcount)


@app.periodic(cron="17 2 * * *")
@app.task(name="appeals", queue="appeals", lock="appeals")
def keep_appeals(timestamp: int) -> None:
    """Each night: appeals that nobody objected to are closed, and what is kept too long goes."""
    try:
        with acting_as(SYSTEM):
            at = clock.now()
            closed = settle_silent(by=SYSTEM, at=at)
            forgotten = forget_applicants(by=SYSTEM, at=at)
        log.info("appeals.kept", night=timestamp, closed=closed, forgotten=forgotten)
    finally:
        connection.close()
