"""What meetings and events keep for a time only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.retention.kinds import Kind
from pervichka.work.events.models import Invitation


def _empty(keys: Sequence[UUID], _by: Actor, _at: datetime) -> None:
    Invitation.objects.filter(pk__in=keys).update(token_hash=None)


KINDS = (
    Kind(
        code="invitation_links",
        starts={
            "event": lambda before: Invitation.objects.filter(
                token_hash__isnull=False, event__starts_at__lt=before
            )
        },
        ends={"empty": _empty},
    ),
)
