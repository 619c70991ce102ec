"""Who was asked to come and what they answered; who came and how it is known.

A row outlives its person: when a person is erased, `person` empties and `participant`, a random
code linked to nothing, is what remains. The database gives all rows of an erased person one and the
same fresh code, so an erasure changes no count, not even of distinct people.
"""

import secrets

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models import Person
from pervichka.work.events.models.event import Event

_CODE_BYTES = 12


def new_participant() -> str:
    return f"gone-{secrets.token_hex(_CODE_BYTES)}"


class Answer(models.TextChoices):
    YES = "yes"  # «Приду»
    NO = "no"  # «Не смогу»
    UNSURE = "unsure"  # «Пока не знаю»


class AnswerMeans(models.TextChoices):
    """Through the invited person's own link, or written down by the branch."""

    LINK = "link"
    BRANCH = "branch"


class AttendanceMeans(models.TextChoices):
    """The rotating code on one's own phone; a tick in the list; a tick copied from a sheet."""

    CODE = "code"
    TICKS = "ticks"
    SHEET = "sheet"


class Participation(Placed):
    """A person and an event."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    participant = models.TextField(default=new_participant, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()


class Invitation(Participation):
    """A person was asked to come.

    Of the personal link only `token_hash` is kept (none for those asked by word of mouth).
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.TextField(null=True, unique=True)  # noqa: DJ001 - none and empty differ
    invited_at = models.DateTimeField()
    answer = models.TextField(choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_through = models.TextField(choices=AnswerMeans, blank=True, default="")

    class Meta:
        db_table = "invitation"
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="invitation_once_a_person"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_through="")
                | Q(
                    answer__in=Answer.values,
                    answered_at__isnull=False,
                    answered_through__in=AnswerMeans.values,
                ),
                name="invitation_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.answer or 'unanswered'}"


class Attendance(Participation):
    """A person came.

    `has_vote` says whether the person counted towards the quorum on the day of the event.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attendances")
    means = models.TextField(choices=AttendanceMeans)
    recorded_at = models.DateTimeField()
    has_vote = models.BooleanField(default=False)
    # Entered by a unit other than the event's own, whose secretary has not confirmed it yet.
    from_above = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "attendance"
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="attendance_once_a_person"),
            models.CheckConstraint(
                condition=Q(means__in=AttendanceMeans.values), name="attendance_means"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} by {self.means}"
