"""Rows sealed behind their writers in hash-chained blocks that name the very row that was touched.

A block keeps the number and the hash of each of its rows, and is hashed over the block before. Only
what lies below the oldest open transaction is sealed, so writers never wait for one another and
nothing slips in behind. Rows are hashed where they lie: the database computes, a run at a time.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models

from pervichka.foundation.journal.reading import along_an_index

GENESIS = "0" * 64
_NUMBER, _HASH = 8, 32
_SEAL = _NUMBER + _HASH
_ROWS = 2_000
_BLOCKS_AT_ONCE = 100


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

    @property
    def entries(self) -> int:
        """How many rows are sealed in it."""
        return len(bytes(self.seals)) // _SEAL

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

    def __str__(self) -> str:
        row = "" if self.row is None else f", row {self.row}"
        return f"block {self.block}{row} {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ChainHead:
    """The last block: kept or published elsewhere, its hash shows that nothing was cut off."""

    block: int
    sealed_at: datetime | None
    hash: str


def moment(column: str) -> str:
    """A moment's text for a chain: ISO 8601 in UTC, whatever the session's settings are."""
    text = f"to_char({column} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')"
    return f"replace({text}, '.000000+', '+')"


def horizon() -> int:
    """The highest tick below which no transaction is open any more."""
    with connection.cursor() as cursor:
        cursor.execute("select journal_horizon()")
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The chain over one table, whose rows have `id` and `tick`.

    `plain` are the values of a row that are sealed besides, as SQL over its columns; `lock` is the
    advisory lock that lets one sealer work at a time.
    """

    rows: type[Any]
    blocks: type[Any]
    plain: Sequence[str]
    lock: int

    def seal(self, *, at: datetime) -> int:
        """Seal what is finished, at most 200,000 rows of it at once; the number of rows.

        Another sealer at work: 0.
        """
        with along_an_index():
            return self._seal(at)

    def _seal(self, at: datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [self.lock])
            if not cursor.fetchone()[0]:
                return 0
        last = self.blocks.objects.order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, GENESIS)
        after, sealed = ((last.up_to_tick, last.up_to_id) if last else (0, 0)), 0
        up_to = horizon()
        for _ in range(_BLOCKS_AT_ONCE):
            count, tick, id_, seals = self._run(after, up_to)
            if not count:
                break
            number, after, sealed = number + 1, (tick, id_), sealed + count
            block = self.blocks(
                number=number,
                up_to_tick=tick,
                up_to_id=id_,
                seals=seals,
                sealed_at=at,
                previous_hash=previous,
            )
            block.hash = previous = block.computed_hash()
            block.save(force_insert=True)
        return sealed

    def last(self) -> ChainHead:
        """The head of the chain; block 0 if nothing is sealed yet."""
        last = self.blocks.objects.order_by("-number").defer("seals").first()
        if last is None:
            return ChainHead(block=0, sealed_at=None, hash=GENESIS)
        return ChainHead(block=last.number, sealed_at=last.sealed_at, hash=last.hash)

    @property
    def head(self) -> str:
        """The hash of the last block, to be kept or published elsewhere."""
        return self.last().hash

    def verify(self, *, since: int = 1) -> list[ChainFlaw]:
        """Every flaw in order; none means that no sealed row was changed, deleted or moved.

        `since` is the first block looked at, whose own predecessor is then taken at its word.
        """
        return list(self.flaws(since=since))

    def flaws(self, *, since: int = 1) -> Iterator[ChainFlaw]:
        """The same, a few blocks at a time: however long the chain, little of it is in memory."""
        number, previous = since - 1, GENESIS
        before = self.blocks.objects.filter(number=number).defer("seals").first()
        if before is not None:
            previous = before.hash
        while blocks := self._compared(number):
            for block, hash_before, hash_, intact, same in blocks:
                if block != number + 1 or hash_before != previous:
                    yield ChainFlaw(block=block, reason="does not follow the block before it")
                if not intact:
                    yield ChainFlaw(block=block, reason="its seals were changed")
                if not same:
                    yield from self._flaws_of_rows(block)
                number, previous = block, hash_

    @property
    def _row_hash(self) -> str:
        """A row's hash, over its number, its tick and its values as one JSON list, as SQL."""
        values = [
            f"coalesce(to_json({value})::text, 'null')" for value in ("id", "tick", *self.plain)
        ]
        text = " || ',' || ".join(values)
        return f"sha256(convert_to('[' || {text} || ']', 'UTF8'))"

    @property
    def _tables(self) -> tuple[str, str]:
        return self.rows._meta.db_table, self.blocks._meta.db_table  # noqa: SLF001 - Django's public name for it

    def _run(self, after: tuple[int, int], up_to: int) -> tuple[int, int, int, bytes]:
        """The next rows that are to be one block: how many, the last one's place, their seals."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                with run as (
                  select id, tick, {self._row_hash} as hash from {self._tables[0]}
                  where (tick, id) > (%s, %s) and tick <= %s order by tick, id limit {_ROWS}
                )
                select count(*), (array_agg(tick order by tick desc, id desc))[1],
                  (array_agg(id order by tick desc, id desc))[1],
                  string_agg(int8send(id) || hash, ''::bytea order by tick, id)
                from run
                """,  # noqa: S608 - fixed names
                [*after, up_to],
            )
            count, tick, id_, seals = cursor.fetchone()
            return count, tick, id_, seals

    def _compared(self, after: int) -> list[tuple[int, str, str, bool, bool]]:
        """The next blocks: number, hash before, hash, is it as hashed, are its rows as sealed."""
        rows, blocks = self._tables
        with along_an_index(), connection.cursor() as cursor:
            cursor.execute(
                f"""
                with sealed as (
                  select * from {blocks} where number > %s order by number limit {_BLOCKS_AT_ONCE}
                )
                select sealed.number, previous_hash, hash,
                  hash = encode(sha256(convert_to(
                    concat_ws(E'\\n', previous_hash, sealed.number, up_to_tick, up_to_id, ''),
                    'UTF8') || seals), 'hex'),
                  seals is not distinct from (
                    select string_agg(int8send(id) || {self._row_hash}, ''::bytea order by tick, id)
                    from {rows}
                    where (tick, id) > (before.tick, before.id)
                      and (tick, id) <= (up_to_tick, up_to_id)
                  )
                from sealed {_BEFORE.format(blocks=blocks)} order by sealed.number
                """,  # noqa: S608 - fixed names
                [after],
            )
            return list(cursor.fetchall())

    def _flaws_of_rows(self, number: int) -> Iterator[ChainFlaw]:
        sealed = self.blocks.objects.get(number=number).hashes()
        rows, blocks = self._tables
        with along_an_index(), connection.cursor() as cursor:
            cursor.execute(
                f"""
                select there.id, there.hash
                from (select number, up_to_tick, up_to_id from {blocks} where number = %s) sealed
                {_BEFORE.format(blocks=blocks)}
                cross join lateral (
                  select tick, id, {self._row_hash} as hash from {rows}
                  where (tick, id) > (before.tick, before.id)
                    and (tick, id) <= (up_to_tick, up_to_id)
                ) there
                order by there.tick, there.id
                """,  # noqa: S608 - fixed names
                [number],
            )
            there = cursor.fetchall()
        for row, hash_ in there:
            expected = sealed.pop(row, None)
            if expected is None:
                yield ChainFlaw(block=number, row=row, reason="was not there when sealed")
            elif expected != bytes(hash_):
                yield ChainFlaw(block=number, row=row, reason="was changed")
        for missing in sealed:
            yield ChainFlaw(block=number, row=missing, reason="was deleted or moved")


# Behind what row the rows of a block begin: the last of the block before it that is there.
_BEFORE = """
left join lateral (
  select up_to_tick as tick, up_to_id as id from {blocks} where number < sealed.number
  union all select 0, 0
  order by tick desc, id desc limit 1
) before on true
"""
