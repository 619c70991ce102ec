"""What a meeting was to decide, what it decided, and the minutes of it."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models import Person
from pervichka.work.events.models.event import Event


class AgendaItem(Placed):
    """A question of the agenda, numbered from 1."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="agenda")
    number = models.SmallIntegerField()
    text = models.TextField()

    class Meta:
        db_table = "agenda_item"
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="agenda_item_number"),
            models.CheckConstraint(condition=~Q(text=""), name="agenda_item_text"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Resolution(Placed):
    """What was decided, and by how many votes: counts alone, never whose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="resolutions")
    number = models.SmallIntegerField()
    text = models.TextField()
    votes_for = models.IntegerField()
    votes_against = models.IntegerField(default=0)
    votes_abstained = models.IntegerField(default=0)

    class Meta:
        db_table = "resolution"
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="resolution_number"),
            models.CheckConstraint(condition=~Q(text=""), name="resolution_text"),
            models.CheckConstraint(
                condition=Q(votes_for__gte=0, votes_against__gte=0, votes_abstained__gte=0),
                name="resolution_votes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Minutes(Placed):
    """The minutes of a meeting: a draft until they are published."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField(blank=True, default="")
    chair = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    secretary = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "minutes"

    def __str__(self) -> str:
        return f"minutes of {self.event_id}"
