"""Letters go out in the background, so that asking for one tells nobody whether it is sent."""

from uuid import UUID

from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pervichka.foundation import clock
from pervichka.register.accounts.actions import MAIL_TASK, write_letters
from pervichka.register.branches.acting import SYSTEM, acting_as

_AGAIN = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.task(name=MAIL_TASK, queue="mail", retry=_AGAIN)
def mail_own_links(people: list[str], blinds: list[str], site: str, language: str) -> None:
    """Send each of these people a link to what is held of them; see `accounts.actions.own_links`.

    Run again after a fault it sends new links; those sent before open too, until they expire.
    """
    try:
        with acting_as(SYSTEM), translation.override(language):
            letters = write_letters(
                people=[UUID(id_) for id_ in people],
                blinds=[bytes.fromhex(blind) for blind in blinds],
                by=SYSTEM,
                at=clock.now(),
            )
            with get_connection() as post:
                for letter in letters:
                    address = site + reverse("web:own-link", args=[letter.token])
                    EmailMessage(
                        subject=_("What is held of you"),
                        body=_body(address),
                        to=[letter.to],
                        connection=post,
                    ).send()
    finally:
        connection.close()


def _body(address: str) -> str:
    return _(
        "Somebody, probably you, asked to see what the organisation holds of you.\n\n"
        "%(address)s\n\n"
        "The link opens once and within an hour. There you can correct, download, withdraw or"
        " delete. If it was not you, do nothing: without this link nobody sees anything."
    ) % {"address": address}
