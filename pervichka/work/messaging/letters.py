"""What one person gets: the campaign's words filled in, the imprint, and a way out in one click."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings

from pervichka.work.messaging import tokens
from pervichka.work.messaging.models import Campaign
from pervichka.work.messaging.post import Letter, return_address
from pervichka.work.messaging.wording import body_of, subject_of, wording_of

LEAVE_PATH = "/m/{token}/"
"""Where the page to leave is, under the address of the pages."""


class Addressed(Protocol):
    @property
    def delivery_id(self) -> UUID: ...
    @property
    def to(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def imprint(self) -> dict[str, str]: ...
    @property
    def claimed_at(self) -> datetime: ...


def letter_of(one: Addressed, campaign: Campaign, *, sender_name: str) -> Letter:
    """The letter, with its way out as RFC 8058 has it."""
    way_out = settings.SITE_ADDRESS + LEAVE_PATH.format(
        token=tokens.token_of(one.delivery_id, tokens.LINK)
    )
    values = {"first_name": one.first_name, "branch": sender_name}
    wording = wording_of(campaign)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    token = tokens.token_of(one.delivery_id, tokens.RETURN)
    return Letter(
        to=one.to,
        return_to=return_address(token),
        sender_name=sender_name,
        subject=subject_of(wording, values),
        body=body_of(wording, values, imprint=one.imprint, way_out=way_out),
        # An answer to it names it, wherever that is sent.
        message_id=f"<{token}@{domain}>",
        at=one.claimed_at,
        extra={
            "List-Unsubscribe": f"<{way_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
