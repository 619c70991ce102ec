"""Jobs. Each may run twice and must then change nothing the second time."""

from contextlib import suppress
from uuid import UUID

import structlog
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate import exceptions
from procrastinate.contrib.django import app

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused, refuse
from pervichka.register.access.policy import BudgetExhausted
from pervichka.register.accounts.actions import letter_of
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.disclosure.actions import fail_export, make_export
from pervichka.register.disclosure.queries import who_asked
from pervichka.register.posts.queries import acting_user
from pervichka.register.retention.actions import end_what_is_due
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.work.casework.actions import settle_silent

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


@app.task(name="send_sign_in_code", queue="letters")
def send_sign_in_code(code_id: str) -> None:
    """Send a code to whoever asked for it: once, whatever comes of it."""
    try:
        with acting_as(SYSTEM):
            letter = letter_of(code_id=UUID(code_id), at=clock.now())
        if letter is None:
            return
        with translation.override(letter.language):
            send_mail(
                _("Your code: %(code)s") % {"code": letter.code},
                _(
                    "Your code for signing in: %(code)s\n\nIt opens once, within 10 minutes, in the"
                    " browser that asked for it. Nobody of us will ever ask you for it. If you did"
                    " not ask for it, do nothing."
                )
                % {"code": letter.code},
                None,
                [letter.to],
            )
    except OSError as error:
        # Neither the address nor the code stands in a log.
        log.warning("code.not_sent", reason=type(error).__name__)
    finally:
        connection.close()


@app.task(name="export", queue="exports")
def export(export_id: str, attempt: int = 1) -> None:
    """Make an export on behalf of whoever asked, with the rights that they have by now."""
    id_ = UUID(export_id)
    try:
        with acting_as(SYSTEM):
            asked = who_asked(id_)
        if asked is None:
            return
        by = acting_user(asked.user, at=clock.now(), post_id=asked.post_id)
        with acting_as(by):
            make_export(export_id=id_, by=by, at=clock.now())
    except Refused as refused:
        _fail(id_, refused)
    except BudgetExhausted as exhausted:
        _fail(id_, Refused(exhausted.reason))
    except Exception as error:
        log.warning("export.fault", export=export_id, exc_info=error)
        connection.close()
        if attempt >= _ATTEMPTS:
            _fail(id_, refuse("the file could not be made: ask for it anew, or tell support"))
            raise
        ask_for_export(export_id, attempt=attempt + 1)
    finally:
        connection.close()


@app.periodic(cron="17 * * * *")
@app.task(name="retention", queue="retention", lock="retention")
def retention(timestamp: int) -> None:
    """Bring to its end what is past its time; asked for once an hour."""
    try:
        with acting_as(SYSTEM):
            ended = end_what_is_due(by=SYSTEM, at=clock.now())
        log.info("retention.done", asked_for=timestamp, **ended)
    finally:
        connection.close()


def _fail(export_id: UUID, refused: Refused) -> None:
    with acting_as(SYSTEM):
        fail_export(export_id=export_id, refused=refused, by=SYSTEM, at=clock.now())


def ask_for_export(export_id: str, *, attempt: int = 1) -> None:
    """Have an export made; asked for twice, it is made once."""
    job = app.configure_task(
        name="export",
        queue="exports",
        schedule_in=None if attempt == 1 else {"seconds": _AFTER_A_FAULT},
    )
    job.defer(export_id=export_id, attempt=attempt)


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
def settle_appeals(timestamp: int) -> None:
    """Each night: appeals to whose answers nobody objected are closed."""
    try:
        with acting_as(SYSTEM):
            closed = settle_silent(by=SYSTEM, at=clock.now())
        log.info("appeals.settled", night=timestamp, closed=closed)
    finally:
        connection.close()
