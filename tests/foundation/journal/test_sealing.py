"""Blocks: what is finished is sealed in order, nothing slips in behind, tampering is named.

The very entry is named, and not only the block it lies in.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connections, transaction

from pervichka.foundation.journal import chain, journal
from pervichka.foundation.journal.chain import ChainFlaw
from pervichka.foundation.journal.models import Block, Entry
from pervichka.foundation.journal.sealing import GENESIS, JOURNAL, head, horizon, seal, verify
from pervichka.register.branches.acting import acting_as
from tests.builders.actors import OPERATOR

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def append(*actions: str) -> None:
    """One transaction with these acts."""
    with transaction.atomic():
        for action in actions or ("thing.done",):
            journal.append(by=OPERATOR, at=AT, action=action, subject=("thing", uuid4()))


@contextmanager
def open_transaction(action: str) -> Iterator[Callable[[], None]]:
    """Another connection has appended and not committed; calling what is given commits it."""
    appended, finish = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                journal.append(by=OPERATOR, at=AT, action=action, subject=("thing", uuid4()))
                appended.set()
                assert finish.wait(20)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert appended.wait(20) or held.result(1)

        def commit() -> None:
            finish.set()
            held.result(20)

        try:
            yield commit
        finally:
            finish.set()


@contextmanager
def unguarded() -> Iterator[None]:
    """Whoever owns the database can do anything; the chain is there to show it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("alter table journal_entry disable trigger user")
        cursor.execute("alter table journal_block disable trigger user")
        yield
        cursor.execute("alter table journal_entry enable trigger user")
        cursor.execute("alter table journal_block enable trigger user")


def tamper(statement: str, *values: object) -> None:
    with unguarded(), connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def sealed() -> Block:
    """The next block. Other databases of the same server may have transactions open meanwhile."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        if seal(at=AT):
            return Block.objects.latest("number")
        time.sleep(0.02)
    raise AssertionError("nothing was sealed")


def three_blocks() -> list[Block]:
    for number in range(3):
        append(f"thing.{number}", f"thing.{number}.more")
        sealed()
    return list(Block.objects.order_by("number"))


def test_blocks_follow_one_another_from_the_beginning():
    blocks = three_blocks()
    assert [block.entries for block in blocks] == [2, 2, 2]
    assert blocks[0].previous_hash == GENESIS
    for before, after in pairwise(blocks):
        assert (after.previous_hash, after.number) == (before.hash, before.number + 1)
        assert (after.up_to_tick, after.up_to_id) > (before.up_to_tick, before.up_to_id)
    assert seal(at=AT) == 0
    assert verify() == []
    assert (head().block, head().hash, head().sealed_at) == (3, blocks[-1].hash, AT)


def test_an_empty_journal_has_no_blocks_and_no_flaws():
    assert seal(at=AT) == 0
    assert verify() == []
    assert (head().block, head().hash, head().sealed_at) == (0, GENESIS, None)


def test_what_an_open_transaction_appended_waits_and_so_does_all_after_it():
    append("before")
    with open_transaction("slow") as commit:
        append("quick")
        assert sealed().entries == 1
        assert seal(at=AT) == 0
        commit()
    assert sealed().entries == 2
    assert verify() == []
    order = Entry.objects.order_by("tick", "id").values_list("action", flat=True)
    assert list(order) == ["before", "slow", "quick"]


def test_nothing_committed_later_lies_at_or_below_the_horizon():
    with open_transaction("slow") as commit:
        append("quick")
        seen = horizon()
        commit()
    assert not Entry.objects.filter(tick__lte=seen).exists()


def test_every_entry_of_many_writers_is_sealed_exactly_once():
    stop = threading.Event()

    def write() -> int:
        written = 0
        try:
            while not stop.is_set():
                append("a", "b")
                written += 2
        finally:
            connections.close_all()
        return written

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write) for _ in range(4)]
        counts: list[int] = []
        while len(counts) < 15:
            counts += filter(None, [seal(at=AT)])
        stop.set()
        written = sum(writer.result(20) for writer in writers)
    while sum(counts) < written:
        counts.append(sealed().entries)
    assert sum(counts) == written == Entry.objects.count()
    assert verify() == []


def test_two_sealers_make_one_block():
    append()
    holding, done = threading.Event(), threading.Event()

    def other_sealer() -> None:
        try:
            with acting_as(OPERATOR), transaction.atomic():
                sealed()
                holding.set()
                assert done.wait(20)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(other_sealer)
        assert holding.wait(20)
        assert seal(at=AT) == 0
        done.set()
        other.result(20)
    assert Block.objects.count() == 1


def entry(action: str) -> int:
    return Entry.objects.get(action=action).id


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'someone else'",
        "action = 'thing.undone'",
        "at = at + interval '1 day'",
        "subject_id = 'another'",
        "fields = '[\"name\"]'",
        "place = 5",
        "branch_id = '00000000-0000-7000-8000-000000000000'",
        "subject_type = 'person'",
        "look = true",
    ],
)
def test_a_changed_entry_is_named(change):
    blocks, changed = three_blocks(), entry("thing.1")
    tamper(f"update journal_entry set {change} where id = %s", changed)
    assert verify() == [ChainFlaw(block=blocks[1].number, row=changed, reason="was changed")]


def test_a_lost_entry_is_named():
    blocks, lost = three_blocks(), entry("thing.1")
    tamper("delete from journal_entry where id = %s", lost)
    reason = "was deleted or moved"
    assert verify() == [ChainFlaw(block=blocks[1].number, row=lost, reason=reason)]


def test_an_entry_slipped_in_later_is_named():
    blocks = three_blocks()
    tamper(
        "insert into journal_entry (tick, at, actor, action, subject_type, subject_id, fields)"
        " values (%s, %s, 'x', 'thing.invented', 'thing', '1', '[]')",
        blocks[0].up_to_tick - 1,
        AT,
    )
    slipped_in = entry("thing.invented")
    reason = "was not there when sealed"
    assert verify() == [ChainFlaw(block=blocks[0].number, row=slipped_in, reason=reason)]


def test_entries_that_changed_places_are_named():
    blocks, first, second = three_blocks(), entry("thing.1"), entry("thing.1.more")
    tamper("update journal_entry set id = -1 where id = %s", first)
    tamper("update journal_entry set id = %s where id = %s", first, second)
    tamper("update journal_entry set id = %s where id = -1", second)
    assert verify() == [
        ChainFlaw(block=blocks[1].number, row=row, reason="was changed") for row in (first, second)
    ]


def test_an_entry_moved_to_another_transaction_is_named():
    blocks, moved = three_blocks(), entry("thing.0")
    tamper("update journal_entry set tick = %s where id = %s", blocks[1].up_to_tick, moved)
    assert verify() == [
        ChainFlaw(block=blocks[0].number, row=moved, reason="was deleted or moved"),
        ChainFlaw(block=blocks[1].number, row=moved, reason="was not there when sealed"),
    ]


def test_a_block_taken_out_is_found_by_the_one_after_it():
    blocks = three_blocks()
    tamper("delete from journal_block where number = %s", blocks[1].number)
    first, *rest = verify()
    assert first == ChainFlaw(block=blocks[2].number, reason="does not follow the block before it")
    assert {flaw.row for flaw in rest} == {entry("thing.1"), entry("thing.1.more")}


def test_a_block_sealed_anew_after_a_change_no_longer_fits_the_next():
    blocks = three_blocks()
    tamper("update journal_entry set actor = 'someone else' where action = 'thing.0'")
    forged = blocks[0]
    forged.seals = JOURNAL._run((0, 0), forged.up_to_tick)[3]  # noqa: SLF001 - as a forger would
    tamper(
        "update journal_block set seals = %s, hash = %s where number = 1",
        forged.seals,
        forged.computed_hash(),
    )
    reason = "does not follow the block before it"
    assert verify() == [ChainFlaw(block=blocks[1].number, reason=reason)]
    assert verify(since=3) == []


def test_seals_that_were_exchanged_are_found():
    blocks = three_blocks()
    tamper("update journal_block set seals = seals || seals where number = 2")
    assert verify()[0] == ChainFlaw(block=blocks[1].number, reason="its seals were changed")


def test_a_long_chain_is_sealed_and_compared_a_run_at_a_time(monkeypatch):
    monkeypatch.setattr(chain, "_ROWS", 2)
    monkeypatch.setattr(chain, "_BLOCKS_AT_ONCE", 2)
    append(*(f"thing.{number}" for number in range(9)))
    sealed()
    assert Block.objects.count() == 2
    while Block.objects.count() < 5:
        sealed()
    assert [block.entries for block in Block.objects.order_by("number")] == [2, 2, 2, 2, 1]
    changed = entry("thing.7")
    tamper("update journal_entry set actor = 'someone else' where id = %s", changed)
    assert verify() == [ChainFlaw(block=4, row=changed, reason="was changed")]
