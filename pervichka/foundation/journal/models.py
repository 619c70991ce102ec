"""The journal: who did what to what, append-only, and the blocks that seal it.

An entry holds identifiers and names of fields, never values. `tick` is the transaction that wrote
it: entries are sealed and followed in the order of (tick, id) up to the oldest transaction still
open, so that none can slip in behind a reader.
"""

from django.db import models
from django.db.models import CheckConstraint, Q

from pervichka.foundation.journal.chain import ChainBlock


class Entry(models.Model):
    """One act of one actor."""

    id = models.BigAutoField(primary_key=True)
    tick = models.BigIntegerField(db_default=models.Func(function="journal_tick"), editable=False)
    at = models.DateTimeField()
    actor = models.TextField()
    action = models.TextField()
    subject_type = models.TextField()
    subject_id = models.TextField()
    # The branch it concerns, without a foreign key: the journal outlives what it speaks of.
    branch_id = models.UUIDField(null=True)
    place = models.BigIntegerField(null=True)
    # Where that branch stands today: the database fills it in and has it follow the branch's moves,
    # so it is not sealed. Who reads an entry goes by it.
    place_now = models.BigIntegerField(null=True, editable=False)
    fields = models.JSONField(default=list)
    # Whether personal data was looked at, and nothing changed.
    look = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "journal_entry"
        # Each search in the order of the pages, the newest first: see queries.py.
        indexes = [
            models.Index(fields=["tick", "id"], name="journal_entry_tick"),
            models.Index(fields=["-at", "-id"], name="journal_entry_at"),
            models.Index(fields=["subject_id", "-at", "-id"], name="journal_entry_subject"),
            models.Index(fields=["actor", "-at", "-id"], name="journal_entry_actor"),
            models.Index(fields=["place_now", "-at", "-id"], name="journal_entry_place"),
            models.Index(fields=["-at", "-id"], name="journal_entry_look", condition=Q(look=True)),
            models.Index(
                fields=["actor", "-at", "-id"],
                name="journal_entry_look_actor",
                condition=Q(look=True),
            ),
            models.Index(
                fields=["place_now", "-at", "-id"],
                name="journal_entry_look_place",
                condition=Q(look=True),
            ),
        ]
        constraints = [
            CheckConstraint(condition=~Q(action=""), name="journal_entry_action_named"),
            CheckConstraint(condition=~Q(actor=""), name="journal_entry_actor_named"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.subject_id}"


class Block(ChainBlock):
    """A sealed run of entries."""

    class Meta:
        db_table = "journal_block"


class Cursor(models.Model):
    """How far a follower of the journal has come."""

    name = models.TextField(primary_key=True)
    tick = models.BigIntegerField(default=0)

    class Meta:
        db_table = "journal_cursor"

    def __str__(self) -> str:
        return f"{self.name} at {self.tick}"
