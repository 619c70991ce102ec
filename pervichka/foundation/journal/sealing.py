"""Sealing the journal: finished entries are gathered into blocks, each hashed over the one before.

A chain held until commit would make every write wait for the one before it, so one sealer walks
behind the writers instead: it takes what lies below the oldest open transaction.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from pervichka.foundation.journal.models import Block, Entry

_SEALER_LOCK = 0x6A6F7572
GENESIS = "0" * 64


@dataclass(frozen=True)
class Flaw:
    """A block that no longer agrees with its entries or with the block before it."""

    block: int
    reason: str


def horizon() -> int:
    """The highest tick below which no transaction is open any more."""
    with connection.cursor() as cursor:
        cursor.execute("select journal_horizon()")
        return int(cursor.fetchone()[0])


def seal(*, at: datetime) -> Block | None:
    """Seal all that is finished into one block; nothing new, or another sealer at work: none."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [_SEALER_LOCK])
            if not cursor.fetchone()[0]:
                return None
        last = Block.objects.order_by("-number").first()
        after = last.up_to_tick if last else 0
        previous = last.hash if last else GENESIS
        entries = Entry.objects.filter(tick__gt=after, tick__lte=horizon()).order_by("tick", "id")
        digest, count, up_to = _digest(previous, entries.iterator(2_000))
        if not count:
            return None
        return Block.objects.create(
            after_tick=after,
            up_to_tick=up_to,
            entries=count,
            sealed_at=at,
            previous_hash=previous,
            hash=digest,
        )


def verify() -> list[Flaw]:
    """Every flaw of the chain, in order; none means that no sealed entry was touched."""
    flaws: list[Flaw] = []
    previous, after = GENESIS, 0
    for block in Block.objects.order_by("number").iterator(1_000):
        if block.previous_hash != previous or block.after_tick != after:
            flaws.append(Flaw(block.number, "does not follow the block before it"))
        entries = Entry.objects.filter(tick__gt=block.after_tick, tick__lte=block.up_to_tick)
        digest, count, _ = _digest(
            block.previous_hash, entries.order_by("tick", "id").iterator(2_000)
        )
        if count != block.entries:
            flaws.append(Flaw(block.number, f"holds {count} entries, sealed with {block.entries}"))
        elif digest != block.hash:
            flaws.append(Flaw(block.number, "an entry was changed"))
        previous, after = block.hash, block.up_to_tick
    return flaws


def _digest(previous: str, entries: Iterator[Entry]) -> tuple[str, int, int]:
    hasher = hashlib.sha256(previous.encode())
    count = last_tick = 0
    for item in entries:
        hasher.update(_canonical(item))
        count, last_tick = count + 1, item.tick
    return hasher.hexdigest(), count, last_tick


def _canonical(item: Entry) -> bytes:
    values = [
        item.id,
        item.tick,
        item.at.astimezone(UTC).isoformat(),
        item.actor,
        item.action,
        item.subject_type,
        item.subject_id,
        None if item.branch_id is None else str(item.branch_id),
        item.place,
        item.fields,
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
