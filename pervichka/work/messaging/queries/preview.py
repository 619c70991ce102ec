"""The letter as people of the audience would get it: names and addresses masked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.campaigning.queries import imprint_of
from pervichka.register.people.models import ContactKind, ContactPoint
from pervichka.register.people.queries.page import masked
from pervichka.work.messaging.models import Campaign
from pervichka.work.messaging.queries.audience import people_meant, reachable
from pervichka.work.messaging.wording import body_of, subject_of, wording_of

_MOST = 3
_WAY_OUT = "https://…"
_HIDDEN = "•••"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A letter to somebody of the audience; `to` is masked, as is the name in it."""

    to: str
    subject: str
    body: str


def previews(
    actor: Actor, campaign: Campaign, *, named: Collection[UUID] | None, at: datetime
) -> Sequence[Preview]:
    """A few of the letters, or one to nobody where nobody would get one. Raises `Forbidden`."""
    demand(actor, Permission.SEND_MESSAGES, campaign)
    day = timezone.localdate(at)
    meant = people_meant(campaign, named=named, by=actor, on=day)
    people = list(reachable(meant, campaign, at=at).order_by("id")[:_MOST])
    imprint = imprint_of(campaign.branch, on=day)
    words = {} if imprint is None else {"ru": imprint.ru, "en": imprint.en}
    readers = [(masked_name(one.first_name), _address(one.id)) for one in people]
    wording, branch = wording_of(campaign), branch_label(campaign.branch)
    return [
        Preview(
            to=f"{name} <{address}>",
            subject=subject_of(wording, {"first_name": name, "branch": branch}),
            body=body_of(
                wording,
                {"first_name": name, "branch": branch},
                imprint=words,
                way_out=_WAY_OUT,
            ),
        )
        for name, address in readers or [(_HIDDEN, _HIDDEN)]
    ]


def masked_name(name: str) -> str:
    """«А•••»."""
    return f"{name[:1]}{_HIDDEN}"


def _address(person_id: UUID) -> str:
    points = ContactPoint.objects.filter(
        person=person_id, kind=ContactKind.EMAIL, unconfirmed=False, bounced_at=None
    )
    point = points.order_by("id").first()
    return _HIDDEN if point is None else masked(point.kind, point.value)
