"""Rows sealed behind their writers in hash-chained blocks that name the very row that was touched.

A block keeps the number and the hash of each of its rows, and is hashed over the block before. Only
whole transactions are sealed, as the journal's are, so writers never wait for one another.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from pervichka.foundation.journal.sealing import GENESIS, horizon

_NUMBER, _HASH = 8, 32
_SEAL = _NUMBER + _HASH
_ROWS = 2_000


class ChainBlock(models.Model):
    """A sealed run of rows in the order of (tick, id), up to and with the row named."""

    number = models.BigIntegerField(primary_key=True)
    up_to_tick = models.BigIntegerField()
    up_to_id = models.BigIntegerField()
    # For each row its number (8 bytes) and its hash (32).
    seals = models.BinaryField()
    sealed_at = models.DateTimeField()
    previous_hash = models.TextField()
    hash = models.TextField(unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"

    def computed_hash(self) -> str:
        head = f"{self.previous_hash}\n{self.number}\n{self.up_to_tick}\n{self.up_to_id}\n"
        return hashlib.sha256(head.encode() + bytes(self.seals)).hexdigest()

    def hashes(self) -> dict[int, bytes]:
        """The hash of each sealed row by the row's number."""
        seals = bytes(self.seals)
        cuts = range(0, len(seals), _SEAL)
        return {
            int.from_bytes(seals[at : at + _NUMBER]): seals[at + _NUMBER : at + _SEAL]
            for at in cuts
        }


@dataclass(frozen=True, kw_only=True)
class ChainFlaw:
    """A block, or one row of it, that is no longer as it was sealed."""

    block: int
    row: int | None = None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The chain over one table, whose rows have `id` and `tick`.

    `plain` gives the values of a row that are sealed, as JSON takes them; `lock` is the advisory
    lock that lets one sealer work at a time.
    """

    rows: type[Any]
    blocks: type[Any]
    plain: Callable[[Any], Sequence[object]]
    lock: int

    @transaction.atomic
    def seal(self, *, at: datetime) -> int:
        """Seal all that is finished; the number of rows. Another sealer at work: 0."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [self.lock])
            if not cursor.fetchone()[0]:
                return 0
        last = self.blocks.objects.order_by("-number").first()
        after = last.up_to_tick if last else 0
        # A run ends with a whole transaction, so the next begins behind its tick.
        waiting = self.rows.objects.filter(tick__gt=after, tick__lte=horizon())
        rows = waiting.order_by("tick", "id").iterator(_ROWS)
        number, previous, sealed = (last.number, last.hash, 0) if last else (0, GENESIS, 0)
        while run := list(islice(rows, _ROWS)):
            number += 1
            block = self.blocks(
                number=number,
                up_to_tick=run[-1].tick,
                up_to_id=run[-1].id,
                seals=b"".join(row.id.to_bytes(_NUMBER) + self._hash(row) for row in run),
                sealed_at=at,
                previous_hash=previous,
            )
            block.hash = previous = block.computed_hash()
            block.save(force_insert=True)
            sealed += len(run)
        return sealed

    @property
    def head(self) -> str:
        """The hash of the last block, to be kept or published elsewhere."""
        last = self.blocks.objects.order_by("-number").first()
        return last.hash if last else GENESIS

    @transaction.atomic
    def verify(self) -> list[ChainFlaw]:
        """Every flaw in order; none means that no sealed row was changed, deleted or moved."""
        flaws: list[ChainFlaw] = []
        rows = _Ahead(self.rows.objects.order_by("tick", "id").iterator(_ROWS))
        number, previous = 0, GENESIS
        for block in self.blocks.objects.order_by("number").iterator(100):
            number += 1
            if block.number != number or block.previous_hash != previous:
                flaws.append(
                    ChainFlaw(block=block.number, reason="does not follow the block before it")
                )
            if block.computed_hash() != block.hash:
                flaws.append(ChainFlaw(block=block.number, reason="its seals were changed"))
            flaws += self._flaws_of_rows(block, rows.up_to(block.up_to_tick, block.up_to_id))
            number, previous = block.number, block.hash
        return flaws

    def _flaws_of_rows(self, block: Any, there: Iterator[Any]) -> Iterator[ChainFlaw]:
        sealed = block.hashes()
        for row in there:
            expected = sealed.pop(row.id, None)
            if expected is None:
                yield ChainFlaw(block=block.number, row=row.id, reason="was not there when sealed")
            elif expected != self._hash(row):
                yield ChainFlaw(block=block.number, row=row.id, reason="was changed")
        for missing in sealed:
            yield ChainFlaw(block=block.number, row=missing, reason="was deleted or moved")

    def _hash(self, row: Any) -> bytes:
        text = json.dumps(
            [row.id, row.tick, *self.plain(row)], ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).digest()


class _Ahead:
    """An iterator that stops before the first row behind a place, and goes on from there."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def up_to(self, tick: int, id_: int) -> Iterator[Any]:
        while self._next is not None and (self._next.tick, self._next.id) <= (tick, id_):
            yield self._next
            self._next = next(self._rows, None)
