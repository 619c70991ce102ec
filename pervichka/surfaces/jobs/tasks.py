"""Jobs. Each may run twice and must then change nothing the second time."""

from contextlib import suppress

import structlog
from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import Operator
from pervichka.register.branches.tree import WHOLE
from pervichka.standard.scores.actions.scoring import score_period

log = structlog.get_logger()
SYSTEM = Actor(code="system", role=Operator, scope=WHOLE)


@app.task(name="score", queue="scores", lock="scores", retry=3)
def score(month: str, slug: str) -> None:
    """Recompute one month of one standard."""
    try:
        score_period(month=Month.parse(month), slug=slug, by=SYSTEM, at=clock.now())
    except Refused as refused:
        # Closed, or withdrawn from force, since the job was asked for.
        log.info("score.not_due", month=month, standard=slug, reason=str(refused))


def ask_for_score(month: Month, slug: str) -> None:
    """Have a month recomputed; asked for again before it began, it runs once."""
    job = app.configure_task(
        name="score", queue="scores", lock="scores", queueing_lock=f"score {slug} {month}"
    )
    # In a savepoint: the refusal of a second job must not undo what the caller has written.
    with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        job.defer(month=str(month), slug=slug)
