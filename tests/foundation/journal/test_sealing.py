"""Blocks: what is finished is sealed in order, nothing slips in behind, tampering is named."""

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

from pervichka.foundation.journal import journal, sealing
from pervichka.foundation.journal.models import Block, Entry
from pervichka.foundation.journal.sealing import GENESIS, Flaw, horizon, seal, verify
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
        block = seal(at=AT)
        if block is not None:
            return block
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
        assert (after.previous_hash, after.after_tick) == (before.hash, before.up_to_tick)
    assert seal(at=AT) is None
    assert verify() == []


def test_an_empty_journal_has_no_blocks_and_no_flaws():
    assert seal(at=AT) is None
    assert verify() == []


def test_what_an_open_transaction_appended_waits_and_so_does_all_after_it():
    append("before")
    with open_transaction("slow") as commit:
        append("quick")
        assert sealed().entries == 1
        assert seal(at=AT) is None
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
        blocks = []
        while len(blocks) < 15:
            block = seal(at=AT)
            if block is not None:
                blocks.append(block)
        stop.set()
        written = sum(writer.result(20) for writer in writers)
    while sum(block.entries for block in blocks) < written:
        blocks.append(sealed())
    assert sum(block.entries for block in blocks) == written == Entry.objects.count()
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
        assert seal(at=AT) is None
        done.set()
        other.result(20)
    assert Block.objects.count() == 1


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
    ],
)
def test_a_changed_entry_is_found_in_its_block(change):
    blocks = three_blocks()
    tamper(f"update journal_entry set {change} where action = 'thing.1'")
    assert verify() == [Flaw(blocks[1].number, "an entry was changed")]


def test_a_lost_entry_is_found_in_its_block():
    blocks = three_blocks()
    tamper("delete from journal_entry where action = 'thing.1'")
    assert verify() == [Flaw(blocks[1].number, "holds 1 entries, sealed with 2")]


def test_an_entry_slipped_in_later_is_found():
    blocks = three_blocks()
    tamper(
        "insert into journal_entry (tick, at, actor, action, subject_type, subject_id, fields)"
        " values (%s, %s, 'x', 'thing.invented', 'thing', '1', '[]')",
        blocks[0].up_to_tick,
        AT,
    )
    assert verify() == [Flaw(blocks[0].number, "holds 3 entries, sealed with 2")]


def test_entries_swapped_between_ticks_are_found():
    blocks = three_blocks()
    tamper(
        "update journal_entry set tick = tick + 0, id = case action"
        " when 'thing.0' then -1 else id end where action like 'thing.0%%'"
    )
    assert verify() == [Flaw(blocks[0].number, "an entry was changed")]


def test_a_block_taken_out_is_found_by_the_one_after_it():
    blocks = three_blocks()
    tamper("delete from journal_block where number = %s", blocks[1].number)
    assert verify() == [Flaw(blocks[2].number, "does not follow the block before it")]


def test_a_block_sealed_anew_after_a_change_no_longer_fits_the_next():
    blocks = three_blocks()
    tamper("update journal_entry set actor = 'someone else' where action = 'thing.0'")
    entries = Entry.objects.filter(tick__lte=blocks[0].up_to_tick).order_by("tick", "id")
    forged, _, _ = sealing._digest(GENESIS, entries.iterator())  # noqa: SLF001 - as a forger would
    tamper("update journal_block set hash = %s where number = %s", forged, blocks[0].number)
    assert verify() == [Flaw(blocks[1].number, "does not follow the block before it")]
