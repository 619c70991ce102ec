"""Handing letters to the mail server of the settings: one at a time, and sure of the outcome.

The one adapter. What a server has refused was not delivered; what it took was; and what broke off
while it had the letter in hand is unknown, and stays so.
"""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from typing import Self

from django.conf import settings

from pervichka.foundation.refusal import refuse

_LATER, _NEVER = 400, 500
_PATIENCE = 20.0


class Outcome(StrEnum):
    SENT = "sent"
    # The server refused the address, or the letter, for good.
    NO_SUCH_ADDRESS = "no_such_address"
    REFUSED = "refused"
    # Certainly not delivered; may be tried again.
    LATER = "later"
    TOO_LATE = "too_late"
    UNKNOWN = "unknown"


class NoConnection(Exception):
    """The mail server can't be reached, or the connection to it broke before a letter was named."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`return_to` is the address to which it comes back; `extra` are further headers."""

    to: str
    return_to: str
    sender_name: str
    subject: str
    body: str
    message_id: str
    at: datetime
    extra: Mapping[str, str] = field(default_factory=dict)


def demand_server() -> None:
    """Raise `Refused` where no mail server is named, or nothing for links to lead to."""
    if not settings.EMAIL_HOST:
        raise refuse("no mail server is set: see PERVICHKA_SMTP_HOST")
    if not settings.SITE_ADDRESS:
        raise refuse("nobody could leave: PERVICHKA_SITE must say where these pages are reached")


def return_address(token: str) -> str:
    """Where a letter comes back to: its own address, so that what comes back names it."""
    local, _, domain = (settings.BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL).rpartition("@")
    return f"{local}+{token}@{domain}"


class Post:
    """A connection to the server, for as long as the block lasts. Raises `NoConnection`."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._connected()
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()

    def deliver(self, letter: Letter, *, in_time: Callable[[], bool] = lambda: True) -> Outcome:
        """Hand it over. `in_time` is asked last, just before the server gets the text.

        Raises `NoConnection` while it is certain that nothing was delivered.
        """
        content = _message(letter).as_bytes(policy=SMTP)
        smtp = self._connected()
        try:
            code, said = smtp.mail(letter.return_to)
            if code >= _LATER:
                # Not about this letter: it would be the same with every other.
                raise smtplib.SMTPSenderRefused(code, said, letter.return_to)
            code, _ = smtp.rcpt(letter.to)
            if code >= _LATER:
                smtp.rset()
                return Outcome.NO_SUCH_ADDRESS if code >= _NEVER else Outcome.LATER
            if not in_time():
                smtp.rset()
                return Outcome.TOO_LATE
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NoConnection from error
        return self._handed_over(smtp, content)

    def _handed_over(self, smtp: smtplib.SMTP, content: bytes) -> Outcome:
        try:
            code, _ = smtp.data(content)
        except smtplib.SMTPDataError as error:
            # Refused before the text was asked for.
            return Outcome.REFUSED if error.smtp_code >= _NEVER else Outcome.LATER
        except (OSError, smtplib.SMTPException):
            self._drop()
            return Outcome.UNKNOWN
        if code >= _LATER:
            return Outcome.REFUSED if code >= _NEVER else Outcome.LATER
        return Outcome.SENT

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        try:
            self._smtp = _connect()
        except (OSError, smtplib.SMTPException) as error:
            raise NoConnection from error
        return self._smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _connect() -> smtplib.SMTP:
    trust = ssl.create_default_context()
    where = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    if settings.EMAIL_USE_SSL:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            *where, timeout=settings.EMAIL_TIMEOUT or _PATIENCE, context=trust
        )
    else:
        smtp = smtplib.SMTP(*where, timeout=settings.EMAIL_TIMEOUT or _PATIENCE)
    if settings.EMAIL_USE_TLS:
        smtp.starttls(context=trust)
    smtp.ehlo_or_helo_if_needed()
    if settings.EMAIL_HOST_USER:
        smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    return smtp


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    local, _, domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")
    message["From"] = Address(letter.sender_name, local, domain)
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = letter.message_id
    for name, value in letter.extra.items():
        message[name] = value
    message.set_content(letter.body, cte="base64")
    return message
