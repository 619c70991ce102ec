"""Letters of campaigns go out, one run at a time; what is due is looked for every minute."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from pervichka.foundation import clock
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.work.messaging import actions
from pervichka.work.messaging.post import NoConnection, Post
from pervichka.work.messaging.queries import due_campaigns

log = structlog.get_logger()
# For so long one run sends, all campaigns together, before other jobs get their turn.
_TURN = timedelta(seconds=3)
_LEAST = timedelta(seconds=0.2)
_LOCK = "messages"


@app.periodic(cron="* * * * *")
@app.task(name="messages_due", queue="messages", lock=_LOCK, queueing_lock="messages_due")
def messages_due(timestamp: int) -> None:
    """Go on with what is under way, begin what is due; asked for once a minute."""
    log.debug("messages.due", asked_for=timestamp)
    _forget_looks()
    send_messages()


@app.task(name="send_messages", queue="messages", lock=_LOCK, queueing_lock="send_messages")
def send_messages() -> None:
    """Send a turn of each campaign that is due; asked for again while more could go."""
    try:
        if settings.EMAIL_HOST and send_turn():
            ask_to_send()
    finally:
        connection.close()


def send_turn(lasting: timedelta = _TURN) -> bool:
    """A turn of each campaign that is due; whether more could go right now."""
    more = False
    with acting_as(SYSTEM):
        due = due_campaigns(clock.now())
        if not due:
            return False
        try:
            with Post() as post:
                for campaign_id in due:
                    sent = actions.send_some(
                        campaign_id=campaign_id,
                        post=post,
                        by=SYSTEM,
                        now=clock.now,
                        lasting=max(lasting / len(due), _LEAST),
                    )
                    more |= sent.more
                    log.info("messages.sent", campaign=str(campaign_id), letters=sent.handed_over)
        except NoConnection as error:
            # Tried again with the next minute; neither address nor text stands in a log.
            log.warning("messages.no_connection", reason=type(error.__cause__).__name__)
            return False
    return more


def _forget_looks() -> None:
    """One a minute: those that ended well say nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_jobs where status = 'succeeded'"
            " and task_name in ('messages_due', 'send_messages')"
        )


def ask_to_send() -> None:
    """Have what is due sent soon; asked for twice before it began, it runs once."""
    # In a savepoint: the refusal of a second job must not undo what the caller has written.
    with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        app.configure_task(
            name="send_messages", queue="messages", lock=_LOCK, queueing_lock="send_messages"
        ).defer()


@app.task(name=actions.TEST_TASK, queue="mail")
def send_test_letter(campaign_id: str, person_id: str) -> None:
    """Send somebody who writes a campaign its letter, once, whatever comes of it."""
    try:
        with acting_as(SYSTEM), Post() as post:
            actions.send_test(
                campaign_id=UUID(campaign_id),
                person_id=UUID(person_id),
                post=post,
                by=SYSTEM,
                at=clock.now(),
            )
    except NoConnection as error:
        log.warning("messages.no_connection", reason=type(error.__cause__).__name__)
    finally:
        connection.close()
