"""One letter to one person: whether it went, and what came back."""

import secrets

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models import Person
from pervichka.work.messaging.models.campaign import Campaign

_CODE_BYTES = 12


def new_participant() -> str:
    return f"gone-{secrets.token_hex(_CODE_BYTES)}"


class DeliveryStatus(models.TextChoices):
    """`queued → sending → sent`; `unknown` if it was cut short while the server had it in hand.

    What is unknown is never sent again: nobody gets a letter twice.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    LEFT_OUT = "left_out"


REACHED = (DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN)
"""What may lie in somebody's letter-box."""


class LeftOut(models.TextChoices):
    """Why somebody gets no letter."""

    NO_CONSENT = "no_consent"
    NO_ADDRESS = "no_address"
    CAPPED = "capped"
    UNDER_AGE = "under_age"
    SILENCE = "silence"
    STOPPED = "stopped"
    GONE = "gone"


class Delivery(Placed):
    """A letter of a campaign, in the branch of the campaign. No address is held in it.

    `zone` is the time zone in which its reader was last known to be. `point_id` names the contact
    point it went to, without holding on to it; a random code made with the row stands in for the
    person once they are erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    participant = models.TextField(default=new_participant, editable=False)
    point_id = models.UUIDField(null=True)
    zone = models.TextField()
    status = models.TextField(choices=DeliveryStatus, default=DeliveryStatus.QUEUED)
    left_out = models.TextField(choices=LeftOut, blank=True, default="")
    run = models.UUIDField(null=True)
    tries = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    unsubscribed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "delivery"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="delivery_once_a_person"),
            models.CheckConstraint(
                condition=Q(status__in=DeliveryStatus.values), name="delivery_status"
            ),
            models.CheckConstraint(
                condition=Q(status="left_out", left_out__in=LeftOut.values)
                | (~Q(status="left_out") & Q(left_out="")),
                name="delivery_left_out_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sending", "sent", "unknown"])
                | Q(claimed_at__isnull=False),
                name="delivery_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["campaign", "zone"],
                condition=Q(status="queued"),
                name="delivery_queued",
            ),
            models.Index(
                fields=["campaign"], condition=Q(status="sending"), name="delivery_sending"
            ),
            models.Index(fields=["person", "claimed_at"], name="delivery_person_claimed"),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.status}"
