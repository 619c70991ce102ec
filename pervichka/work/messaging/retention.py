"""What messages keep for a time only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.retention.kinds import Kind
from pervichka.work.messaging.models import Delivery


def _empty(keys: Sequence[UUID], _by: Actor, _at: datetime) -> None:
    """Who got it is forgotten; that a letter went, and what came of it, stays."""
    Delivery.objects.filter(pk__in=keys).update(person=None, point_id=None)


KINDS = (
    Kind(
        code="letters",
        starts={
            "ended": lambda before: Delivery.objects.filter(
                person__isnull=False, campaign__ended_at__lt=before
            )
        },
        ends={"empty": _empty},
    ),
)
