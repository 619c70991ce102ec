"""The searches of the journal's page, as it asks them, and how long each takes."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.journal import Figures, Search
from bench.journal.filling import (
    BRANCHES,
    BUSY,
    PEOPLE_OF_A_BRANCH,
    QUIET,
    REGION_SIZE,
    uuid_of,
)
from pervichka.foundation import clock
from pervichka.foundation.journal import queries, sealing
from pervichka.foundation.journal.models import Entry
from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.roles import DataProtectionOfficer
from pervichka.register.branches.acting import OPERATOR, acting_as
from pervichka.register.branches.tree import WHOLE

Asked = Mapping[str, Any]

_FIRST_DAY = datetime(2021, 1, 1, tzinfo=UTC)
_EACH = timedelta(seconds=16)
_VARIANTS = 5
_AGAIN = 5
# So much of the chain is sealed and verified: how fast, does not hang on how much lies beyond.
_SEALED = 1_000_000
# A page of fifty, and one more to know whether another follows.
_PAGE = 51


def searches(entries: int) -> dict[str, Sequence[Asked]]:
    """By name: several of what there are many, and the one that is best connected."""
    somewhere = [BRANCHES * (7 * n + 3) // 61 for n in range(_VARIANTS)]
    people = [uuid_of(f"person {place * PEOPLE_OF_A_BRANCH + 5}") for place in somewhere]
    secretaries = [f"user:{uuid_of(f'secretary {place}')}" for place in somewhere]
    headquarters = [f"user:{uuid_of(f'headquarters {n}')}" for n in range(_VARIANTS)]
    regions = [
        (n * REGION_SIZE, (n + 1) * REGION_SIZE - 1)
        for n in (place // REGION_SIZE for place in somewhere)
    ]
    of_regions = [f"user:{uuid_of(f'region {start // REGION_SIZE} 1')}" for start, _end in regions]
    famous, middle = uuid_of("person 0"), entries // 2
    quarter = {
        "since": _FIRST_DAY + _EACH * (entries // 4),
        "until": _FIRST_DAY + _EACH * (entries // 4 + entries // 20),
    }
    district = (10 * REGION_SIZE, 28 * REGION_SIZE - 1)

    def each(name: str, values: Sequence[object], **more: object) -> list[Asked]:
        return [{name: value, **more} for value in values]

    return {
        "everything": [{}],
        "everything, deep": [{"before": middle}],
        "a period": [quarter],
        "looks": [{"looks": True}],
        "looks, deep": [{"looks": True, "before": middle}],
        "looks of a period": [{"looks": True, **quarter}],
        "a person": each("subjects", [[one] for one in people]),
        "a person whom all look at": [{"subjects": [famous]}],
        "a person whom all look at, deep": [{"subjects": [famous], "before": middle}],
        "looks at a person whom all look at": [{"subjects": [famous], "looks": True}],
        "a person whom all look at, in a period": [{"subjects": [famous], **quarter}],
        "a person whom all look at, in a branch": each(
            "within", [(place, place) for place in somewhere], subjects=[famous]
        ),
        "a secretary": each("actor", secretaries),
        "a secretary's looks": each("actor", secretaries, looks=True),
        "headquarters": each("actor", headquarters),
        "headquarters, deep": each("actor", headquarters, before=middle),
        "headquarters' looks": each("actor", headquarters, looks=True),
        "headquarters in the busiest branch": each("actor", headquarters, within=(BUSY, BUSY)),
        "headquarters in a quiet region": each("actor", headquarters, within=QUIET),
        "a region's office in its region": [
            {"actor": actor, "within": region}
            for actor, region in zip(of_regions, regions, strict=True)
        ],
        "the program": [{"actor": "system"}],
        "the program in a period": [{"actor": "system", **quarter}],
        "the program in a branch": each(
            "within", [(place, place) for place in somewhere], actor="system"
        ),
        "the program in the busiest branch": [{"actor": "system", "within": (BUSY, BUSY)}],
        "the program in a quiet region": [{"actor": "system", "within": QUIET}],
        "the program's looks in a quiet region": [
            {"actor": "system", "within": QUIET, "looks": True}
        ],
        "a branch": each("within", [(place, place) for place in somewhere]),
        "the busiest branch": [{"within": (BUSY, BUSY)}],
        "the busiest branch, deep": [{"within": (BUSY, BUSY), "before": middle}],
        "the busiest branch's looks": [{"within": (BUSY, BUSY), "looks": True}],
        "a region": each("within", regions),
        "a region, deep": each("within", regions, before=middle),
        "a region's looks": each("within", regions, looks=True),
        "a region in a period": each("within", regions, **quarter),
        "a quiet region": [{"within": QUIET}],
        "a quiet region's looks": [{"within": QUIET, "looks": True}],
        "20,000 branches": [{"within": district}],
        "20,000 branches, deep": [{"within": district, "before": middle}],
        "20,000 branches in a period": [{"within": district, **quarter}],
        "20,000 branches' looks": [{"within": district, "looks": True}],
        "a region's 5,000 for a file": each("within", regions, limit=5_000),
    }


def measure(entries: int) -> Figures:
    """Each search for the first time, of each kind several; and then again by turns."""
    asked = searches(entries)
    first = {name: [_seconds(one) for one in kinds] for name, kinds in asked.items()}
    turns = [
        {name: _seconds(kinds[turn % len(kinds)]) for name, kinds in asked.items()}
        for turn in range(_AGAIN)
    ]
    found = [
        Search(
            name=name,
            first=round(statistics.median(first[name]), 4),
            again=round(statistics.median(turn[name] for turn in turns), 4),
        )
        for name in asked
    ]
    with acting_as(OPERATOR):
        counting = statistics.median(_taken(Entry.objects.count) for _ in range(3))
        sealing_taken, sealed = 0.0, 0
        while sealed < min(entries, _SEALED):
            start = time.perf_counter()
            sealed += sealing.seal(at=clock.now())
            sealing_taken += time.perf_counter() - start
        verifying = _taken(_verify)
    return Figures(
        searches=found,
        counting=round(counting, 4),
        sealed_a_second=round(sealed / sealing_taken),
        verified_a_second=round(sealed / verifying),
    )


def _seconds(asked: Asked) -> float:
    """Of one search, by whoever reads the journal of the part of the tree that is asked for."""
    start, end = asked.get("within", (WHOLE.start, WHOLE.end))
    scope = Interval(start, end) if end - start == REGION_SIZE - 1 else WHOLE
    actor = Actor(code="bench", role=DataProtectionOfficer, scope=scope)
    wanted = {"limit": _PAGE, **asked}
    with acting_as(actor):
        return _taken(lambda: queries.entries(**wanted))


def _verify() -> None:
    if flaws := sealing.verify():
        raise AssertionError(flaws[0])


def _taken(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
