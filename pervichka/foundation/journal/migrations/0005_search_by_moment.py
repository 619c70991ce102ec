"""Indexes in the order of (at, id), so that a period bounds each search as a page does."""

from django.db import migrations
from django.db.models import Index, Q

_LOOK = Q(look=True)
_NEW = [
    Index(fields=["-at", "-id"], name="journal_entry_at"),
    Index(fields=["subject_id", "-at", "-id"], name="journal_entry_subject"),
    Index(fields=["actor", "-at", "-id"], name="journal_entry_actor"),
    Index(fields=["place_now", "-at", "-id"], name="journal_entry_place"),
    Index(fields=["-at", "-id"], name="journal_entry_look", condition=_LOOK),
    Index(fields=["actor", "-at", "-id"], name="journal_entry_look_actor", condition=_LOOK),
    Index(fields=["place_now", "-at", "-id"], name="journal_entry_look_place", condition=_LOOK),
]
_OLD = ["subject", "actor", "place", "look", "look_place"]


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_follow_moves")]

    operations = [
        *(migrations.RemoveIndex("entry", f"journal_entry_{name}") for name in _OLD),
        *(migrations.AddIndex("entry", index) for index in _NEW),
    ]
