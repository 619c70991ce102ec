"""Following the journal by a cursor, in the order in which it was written, nothing twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal.chain import horizon
from pervichka.foundation.journal.models import Cursor, Entry
from pervichka.foundation.journal.reading import along_an_index

_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Act:
    """What a follower learns of an entry."""

    action: str
    subject_type: str
    subject_id: str


@contextmanager
def next_entries(follower: str) -> Iterator[list[Act]]:
    """The next entries for this follower, a limited number of whole transactions.

    What the follower does with them commits together with its cursor, or not at all. Two
    processes that follow under one name take turns.
    """
    with transaction.atomic():
        Cursor.objects.get_or_create(name=follower)
        cursor = Cursor.objects.select_for_update().get(name=follower)
        last, acts = _after(cursor.tick)
        yield acts
        if last is None:
            return
        cursor.tick = last
        cursor.save(update_fields=["tick"])


def _after(tick: int) -> tuple[int | None, list[Act]]:
    """The acts of the next whole transactions, and the last one's tick; none if there are none."""
    waiting = Entry.objects.filter(tick__gt=tick, tick__lte=horizon()).order_by("tick", "id")
    with along_an_index():
        last = max(waiting.values_list("tick", flat=True)[:_MOST], default=None)
        if last is None:
            return None, []
        acts = waiting.filter(tick__lte=last)
        return last, [Act(*row) for row in acts.values_list("action", "subject_type", "subject_id")]


def acts_waiting(follower: str) -> list[Act]:
    """All committed acts that the follower has not come to yet; it stays where it is.

    Those beyond the oldest open transaction too: nothing is passed over, as no cursor moves.
    """
    cursor = Cursor.objects.filter(name=follower).first()
    after = 0 if cursor is None else cursor.tick
    waiting = Entry.objects.filter(tick__gt=after).order_by("tick", "id")
    return [Act(*row) for row in waiting.values_list("action", "subject_type", "subject_id")]


def last_of(action: str, subject_id: str) -> datetime | None:
    """When this was last done to that subject; none if the journal knows of no such act."""
    done = Entry.objects.filter(subject_id=subject_id, action=action).order_by("-at", "-id")
    return done.values_list("at", flat=True).first()


@transaction.atomic
def skip_to_now(follower: str) -> None:
    """Let the follower pass over what is written already: its effects are there by other means."""
    Cursor.objects.update_or_create(name=follower, defaults={"tick": horizon()})
