"""What was done is followed: facts, then scores of the branch and of all above it."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.models import Max
from procrastinate.contrib.django import app

from pervichka.foundation import clock, postgres
from pervichka.foundation.journal import sealing
from pervichka.foundation.journal.models import Block, Cursor, Entry
from pervichka.foundation.periods import Month
from pervichka.register.people.models import Person
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.facts.models import Fact
from pervichka.standard.scores.models import Score
from pervichka.surfaces.jobs import follower, tasks
from pervichka.surfaces.jobs.follower import step
from pervichka.surfaces.jobs.reactions import REACTIONS, effect_of, nothing, score_all
from pervichka.surfaces.jobs.worker import take_up_lost_jobs
from tests.builders.branches import a_primary_branch
from tests.builders.events import AFTER, a_held_meeting, tick
from tests.builders.people import members
from tests.builders.standards import a_published_standard

OCTOBER = Month(2026, 10)
committing = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 20, 9, tzinfo=UTC))


@pytest.fixture
def people(tmp_path: Path, _in_october: None) -> list[Person]:
    a_published_standard(tmp_path)
    return members(of=a_primary_branch(), number=5)


def follow() -> None:
    """Until all is followed. Transactions of other tests on this server may hold that up."""
    last = Entry.objects.aggregate(tick=Max("tick"))["tick"]
    deadline = time.monotonic() + 45
    while step() or Cursor.objects.get(name="reactions").tick < last:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def run_jobs(*, sweep: bool = False) -> None:
    """The worker's own runner, until no job is left."""

    async def run() -> None:
        connector = app.connector.get_worker_connector()
        with app.replace_connector(connector) as worker_app:
            async with worker_app.open_async():
                if sweep:
                    await take_up_lost_jobs(worker_app, lost_after=0)
                await worker_app.run_worker_async(
                    wait=False, install_signal_handlers=False, listen_notify=False
                )

    asyncio.run(run())


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select status::text from procrastinate_jobs where task_name = 'score' order by id"
        )
        return [status for (status,) in cursor.fetchall()]


def meetings_of(code: str) -> float | None:
    return Score.objects.get(branch__code=code, month=OCTOBER.start).numerators[0]


@committing
def test_a_held_meeting_becomes_facts_and_a_score_all_the_way_up(people: list[Person]) -> None:
    follow()
    run_jobs()
    assert meetings_of("RU-AD/1") == 0

    a_held_meeting(branch=people[0].branch, came=people[:3])
    follow()
    run_jobs()

    assert Fact.objects.filter(kind="event.attended").count() == 3
    assert [meetings_of(code) for code in ("RU-AD/1", "RU-AD/local", "RU-AD", "RU")] == [1] * 4
    score = Score.objects.get(branch__code="RU-AD/1")
    assert (score.numerators, score.denominators) == ([1, 3], [None, 5])


@committing
def test_what_is_followed_equals_what_is_rebuilt(people: list[Person]) -> None:
    event = a_held_meeting(branch=people[0].branch, came=people[:3])
    follow()
    tick(event, people[1:], at=AFTER, reason="Перепутали")
    follow()
    columns = ("kind", "person", "occurred_on", "evidence", "source_id")
    kept = list(Fact.objects.order_by("source_id").values_list(*columns))

    assert rebuild_facts() == len(kept)
    assert list(Fact.objects.order_by("source_id").values_list(*columns)) == kept


@committing
def test_a_month_asked_for_twice_runs_once(people: list[Person]) -> None:
    follow()
    tasks.ask_for_score(OCTOBER, "work")
    tasks.ask_for_score(OCTOBER, "work")

    assert jobs() == ["todo"]
    run_jobs()
    assert jobs() == ["succeeded"]


@committing
def test_a_waiting_job_does_not_begin_before_what_it_was_asked_for_is_there(
    people: list[Person],
) -> None:
    follow()
    with another() as session:
        session.execute("begin")
        session.execute(
            "select from procrastinate_jobs where queueing_lock like 'score work%' for update"
        )
        run_jobs()
        assert jobs() == ["todo"]
        session.execute("rollback")
    run_jobs()
    assert jobs() == ["succeeded"]


@committing
def test_a_lost_job_is_taken_up_again(people: list[Person]) -> None:
    follow()
    lose_the_jobs()

    run_jobs(sweep=True)

    assert jobs() == ["succeeded"]
    assert meetings_of("RU") == 0


@committing
def test_a_lost_job_that_was_asked_for_since_holds_nothing_up(people: list[Person]) -> None:
    follow()
    lose_the_jobs()
    tasks.ask_for_score(OCTOBER, "work")

    run_jobs(sweep=True)

    assert jobs() == ["failed", "succeeded"]


@committing
def test_a_fault_is_tried_again_beside_what_was_asked_for_meanwhile(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    follow()
    calls = []
    real = tasks.score_period

    def falter(**given: object) -> int:
        calls.append(given)
        if len(calls) == 1:
            raise OSError
        return real(**given)

    monkeypatch.setattr(tasks, "score_period", falter)
    monkeypatch.setattr(tasks, "_AFTER_A_FAULT", 0)
    run_jobs()

    assert len(calls) == 2
    assert jobs() == ["succeeded", "succeeded"]


@committing
def test_a_step_seals_what_was_done(people: list[Person]) -> None:
    follow()

    sealed = sum(block.entries for block in Block.objects.all())
    assert sealed == Entry.objects.count() > 0
    assert sealing.verify() == []


@committing
def test_nothing_slips_behind_an_open_transaction(people: list[Person]) -> None:
    follow()
    with another() as session:
        session.execute("begin")
        session.execute(
            "insert into journal_entry (at, actor, action, subject_type, subject_id, fields)"
            " values (now(), 'late', 'event.late', 'events.event', gen_random_uuid(), '[]')"
        )
        a_held_meeting(branch=people[0].branch, came=people[:3])
        # Entries with a later tick are there, and wait for the one still open.
        assert step() is False
        assert not Fact.objects.exists()
        session.execute("commit")
    follow()

    assert Fact.objects.filter(kind="meeting.quorate").count() == 1
    cursor = Cursor.objects.get(name="reactions")
    assert cursor.tick >= Entry.objects.get(actor="late").tick
    assert sum(block.entries for block in Block.objects.all()) == Entry.objects.count()


@committing
def test_what_fails_half_way_is_followed_again(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    follow()
    a_held_meeting(branch=people[0].branch, came=people[:3])
    with monkeypatch.context() as patch:
        patch.setattr(follower, "react", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            step()
    assert not Fact.objects.exists()

    follow()
    assert Fact.objects.filter(kind="meeting.quorate").count() == 1


@pytest.mark.parametrize(
    ("action", "effect"),
    [
        ("branch.moved", score_all),
        ("consent.withdrawn", score_all),
        ("facts.imported", score_all),
        ("facts.kind_registered", nothing),
        ("scores.computed", nothing),
        ("period.closed", nothing),
    ],
)
def test_the_longest_fitting_reaction_holds(action: str, effect: object) -> None:
    assert effect_of(action) is effect


def test_no_action_stands_twice_in_the_table() -> None:
    assert len({reaction.action for reaction in REACTIONS}) == len(REACTIONS)


def lose_the_jobs() -> None:
    """As if a worker had begun them and been killed."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = null")


def another() -> psycopg.Connection[tuple[object, ...]]:
    name = str(connection.settings_dict["NAME"])
    return psycopg.connect(postgres.connect_info("app", name).url, autocommit=True)
