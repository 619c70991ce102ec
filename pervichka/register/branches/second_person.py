"""What one person proposes and another decides: the same for posts, texts and whatever follows.

The database itself holds that whoever decides is not who proposed.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor

DECIDED_WITHIN = timedelta(days=14)
"""A proposal that nobody decided for so long is over."""


class Decision(models.TextChoices):
    APPROVED = "approved"
    REFUSED = "refused"


class Proposal(models.Model):
    """The part of a proposal that says who proposed it and who decided it, by actors' codes.

    Undecided at `expires_at`, it is over.
    """

    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decision = models.TextField(choices=Decision, blank=True, default="")
    decided_by = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        abstract = True


def proposal_constraints(table: str) -> list[models.BaseConstraint]:
    """What the database holds of every proposal."""
    return [
        models.CheckConstraint(
            condition=Q(decision="", decided_by="", decided_at=None, reason="")
            | (Q(decision__in=Decision.values, decided_at__isnull=False) & ~Q(decided_by="")),
            name=f"{table}_decided",
        ),
        models.CheckConstraint(
            condition=~Q(decided_by=F("proposed_by")), name=f"{table}_second_person"
        ),
        models.CheckConstraint(
            condition=~Q(decision=Decision.REFUSED, reason=""),
            name=f"{table}_refused_for_a_reason",
        ),
    ]


def proposed(by: Actor, at: datetime) -> dict[str, Any]:
    """The fields of a proposal that is made now."""
    return {"proposed_by": by.code, "proposed_at": at, "expires_at": at + DECIDED_WITHIN}


def demand_to_decide(proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """Raise `Refused` if it is decided, over, or the actor's own."""
    if proposal.decision:
        raise refuse("this is decided already")
    if proposal.expires_at <= at:
        raise refuse("nobody decided it in time: propose it anew")
    if proposal.proposed_by == by.code:
        raise refuse("you proposed it yourself: another person must decide")


def decide(proposal: Proposal, decision: Decision, reason: str, *, by: Actor, at: datetime) -> None:
    """Write the decision down. Raises `Refused` where it refuses and doesn't say why."""
    if decision == Decision.REFUSED and not reason.strip():
        raise refuse("say why you refuse: whoever proposed it will read it")
    proposal.decision, proposal.reason = decision, reason.strip()
    proposal.decided_by, proposal.decided_at = by.code, at
    proposal.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
