"""What an incoming letter is: a letter of ours that came back, an answer to one, or neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from uuid import UUID

from pervichka.work.messaging.tokens import RETURN, delivery_of

# The tail of a return address, or the name of one of our letters.
_TOKEN = re.compile(r"(?:\+|<)([a-z2-7]{40})@", re.IGNORECASE)
_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_ANSWERED = ("In-Reply-To", "References")
_STATUS = re.compile(r"^([245])\.\d{1,3}\.\d{1,3}$")


class Kind(StrEnum):
    """A letter came back for good, or for now; somebody answered; or it is none of ours."""

    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCE = "soft_bounce"
    REPLY = "reply"
    AUTOMATIC = "automatic"
    STRANGE = "strange"


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """Nothing of its text is kept."""

    kind: Kind
    delivery_id: UUID | None


def read_letter(content: bytes) -> Incoming:
    """What came in. Only a seal that was made here makes it ours, so nobody bounces for another."""
    message = message_from_bytes(content, policy=policy.default)
    if not isinstance(message, EmailMessage):
        return Incoming(kind=Kind.STRANGE, delivery_id=None)
    returned = _named(message, _TO)
    status = _worst_status(message)
    if status is not None and returned is not None:
        kind = Kind.HARD_BOUNCE if status == "5" else Kind.SOFT_BOUNCE
        return Incoming(kind=kind, delivery_id=returned)
    answered = _named(message, _ANSWERED) or returned
    if answered is None:
        return Incoming(kind=Kind.STRANGE, delivery_id=None)
    return Incoming(
        kind=Kind.AUTOMATIC if _is_automatic(message) else Kind.REPLY, delivery_id=answered
    )


def _named(message: EmailMessage, headers: tuple[str, ...]) -> UUID | None:
    for header in headers:
        for value in message.get_all(header, []):
            for token in _TOKEN.findall(str(value)):
                if (found := delivery_of(token, RETURN)) is not None:
                    return found
    return None


def _worst_status(message: EmailMessage) -> str | None:
    """The first digit of the report's worst status (RFC 3464); none if it is no report."""
    classes = [
        matched[1] for part in _reports(message) if (matched := _STATUS.match(_status_of(part)))
    ]
    return max(classes, default=None)


def _reports(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            if isinstance(blocks, list):
                yield from (block for block in blocks if isinstance(block, EmailMessage))


def _status_of(block: EmailMessage) -> str:
    if str(block.get("Action", "")).strip().lower() in {"delivered", "relayed", "expanded"}:
        return ""
    return str(block.get("Status", "")).split(" ", maxsplit=1)[0].strip()


def _is_automatic(message: EmailMessage) -> bool:
    submitted = str(message.get("Auto-Submitted", "no")).lower()
    return submitted != "no" or str(message.get("Return-Path", "")).strip() == "<>"
