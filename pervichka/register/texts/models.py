"""Texts that were published or wait to be, and the controllers that are named in them.

Neither leads to a person: who agreed to what is the register's of people.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.models import Branch
from pervichka.register.branches.second_person import Proposal, proposal_constraints
from pervichka.register.texts.wording import ConsentText

# Whoever runs this, and what ships: neither needs a second person.
_ALONE = ["operator", "system"]


class Basis(models.TextChoices):
    """Why personal data may be held at all."""

    CONSENT = "consent"
    MEMBERSHIP = "membership"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"


class PublishedText(models.Model):
    """A version of a text; the database refuses to change or delete one, whoever asks."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField()
    version = models.IntegerField()
    basis = models.TextField(choices=Basis)
    purpose = models.TextField()
    channels = ArrayField(models.TextField())
    aim = models.JSONField()
    text = models.JSONField()
    fingerprint = models.TextField()
    proposed_by = models.TextField()
    published_by = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        db_table = "published_text"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="published_text_version"),
            models.CheckConstraint(condition=Q(version__gt=0), name="published_text_number"),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values), name="published_text_basis"
            ),
            models.CheckConstraint(
                condition=~Q(published_by=F("proposed_by")) | Q(published_by__in=_ALONE),
                name="published_text_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def as_text(self) -> ConsentText:
        return ConsentText(
            code=self.code,
            version=self.version,
            basis=self.basis,
            purpose=self.purpose,
            channels=tuple(self.channels),
            aim=self.aim,
            text=self.text,
        )


class TextDraft(Proposal):
    """A version that waits for a second person: its document, and what it would be called."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField()
    version = models.IntegerField()
    document = models.TextField()
    fingerprint = models.TextField()

    class Meta:
        db_table = "text_draft"
        constraints = proposal_constraints("text_draft")

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Controller(models.Model):
    """Who answers for personal data in a branch and below it, from a day on.

    Insert-only: a later row takes the place of an earlier one. One without a name says that the
    branch has none of its own from that day, and the one above it answers again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    name = models.TextField(blank=True)
    number = models.TextField(blank=True)
    address = models.TextField(blank=True)
    valid_from = models.DateField()
    named_by = models.TextField()
    named_at = models.DateTimeField()

    class Meta:
        db_table = "controller"
        indexes = [
            models.Index(fields=["branch", "-valid_from", "-named_at"], name="controller_branch")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(name="", number="", address="")
                | (~Q(name="") & ~Q(number="") & ~Q(address="")),
                name="controller_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name or 'none'} from {self.valid_from}"
