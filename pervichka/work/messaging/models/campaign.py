"""A message to many: what it says, to whom, and how far it has come."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.branches.second_person import Proposal, proposal_constraints


class CampaignStatus(models.TextChoices):
    """From a draft, past a second person where one is needed, to its end."""

    DRAFT = "draft"
    WAITING = "waiting"
    PLANNED = "planned"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


OPEN = (CampaignStatus.PLANNED, CampaignStatus.SENDING, CampaignStatus.PAUSED)
"""What the program still has to do with."""


class Audience(models.TextChoices):
    """People of the branch and below it; those of one event; or those whom a kind of work names."""

    BRANCH = "branch"
    EVENT = "event"
    NAMED = "named"


class Halt(models.TextChoices):
    """Why the program itself paused a campaign."""

    NO_CALENDAR = "no_calendar"
    NO_IMPRINT = "no_imprint"


class Campaign(Placed):
    """Letters of one wording to many people, for one purpose.

    `subject` and `body` are by language, at least one of them written. `recipients` is how many
    letters were queued and `left_out` how many people of the audience were not, by reason: both
    none until it is planned. `run` is whoever sends at the moment. A campaign for a kind of work
    (`origin`) may be no campaigning: then neither silence nor imprint nor cap concern it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.TextField()
    purpose = models.TextField()
    subject_ru = models.TextField(blank=True, default="")
    body_ru = models.TextField(blank=True, default="")
    subject_en = models.TextField(blank=True, default="")
    body_en = models.TextField(blank=True, default="")
    audience = models.TextField(choices=Audience, default=Audience.BRANCH)
    affiliations = ArrayField(models.TextField(), default=list)
    event_id = models.UUIDField(null=True)
    event_part = models.TextField(blank=True, default="")
    origin = models.TextField(blank=True, default="")
    campaigning = models.BooleanField(default=True)
    status = models.TextField(choices=CampaignStatus, default=CampaignStatus.DRAFT)
    halted = models.TextField(choices=Halt, blank=True, default="")
    written_by = models.TextField()
    written_at = models.DateTimeField()
    planned_by = models.TextField(blank=True, default="")
    planned_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    recipients = models.IntegerField(null=True)
    left_out = models.JSONField(default=dict)
    needs_second = models.BooleanField(default=False)
    approved_by = models.TextField(blank=True, default="")
    run = models.UUIDField(null=True)

    class Meta:
        db_table = "campaign"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=CampaignStatus.values), name="campaign_status"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="campaign_audience"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="campaign_titled"),
            models.CheckConstraint(
                condition=Q(status__in=["draft"])
                | Q(starts_at__isnull=False, planned_at__isnull=False, recipients__isnull=False),
                name="campaign_planned",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["planned", "sending", "paused", "done"])
                | Q(needs_second=False)
                | ~Q(approved_by=""),
                name="campaign_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=models.F("planned_by")),
                name="campaign_second_person",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-written_at"], name="campaign_place_written"),
            models.Index(
                fields=["starts_at"],
                condition=Q(status__in=["planned", "sending"]),
                name="campaign_due",
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        """Those of which the person got a letter."""
        if scope.person_id is None:
            return Q()
        got = cls._base_manager.filter(deliveries__person=scope.person_id)
        return Q(id__in=got.values("id"))

    def __str__(self) -> str:
        return f"{self.id} {self.status}"

    @property
    def languages(self) -> list[str]:
        """Those in which it is written, the organisation's own first."""
        return [
            language
            for language in ("ru", "en")
            if getattr(self, f"subject_{language}") and getattr(self, f"body_{language}")
        ]


class CampaignProposal(Proposal, Placed):
    """A campaign to so many people that a second person must agree."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="proposals")

    class Meta:
        db_table = "campaign_proposal"
        constraints = proposal_constraints("campaign_proposal")

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.decision or 'waiting'}"
