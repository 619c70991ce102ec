"""Random organisations: small trees with closed branches, and rows at the edges of periods."""

from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from pervichka.foundation.periods import Month
from pervichka.standard.engine import tables as schemas
from pervichka.standard.engine.tables import Tables
from tests.standard.engine import conditions as rows

LEVELS = ("federal", "regional", "local", "primary")
VALUES = st.sampled_from(
    [None, 0, 1, 500, 999, 1000, 1001, 2500, -1000, -1, 3333, 10**12 + 1, 999_999_999_999_999]
)
VOTERS = st.sampled_from([None, 0, 1, 2, 499, 500, 501, 1500, 999_999_999_999])


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The living branches and the places of all, closed ones too; places sparse and nested."""
    deeper = draw(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=7))
    depths, living = [0], [True]
    for depth, lives in deeper:
        # A branch stands one or more levels below one that stands before it on the path.
        depths.append(max(1, min(depth, 3)))
        living.append(lives or draw(st.booleans()))
    branches, places = [], []
    for at, depth in enumerate(depths):
        end = next((n for n in range(at + 1, len(depths)) if depths[n] <= depth), len(depths))
        place = at * 1000 - 3000
        code = f"b{(at * 7) % 11}" if at else "B"
        places.append({"branch": code, "place": place})
        if living[at]:
            branches.append({
                "branch": code, "level": LEVELS[depth], "voters": draw(VOTERS),
                "precincts": draw(st.integers(0, 3)), "place": place,
                "place_end": (end - 1) * 1000 - 3000 + draw(st.sampled_from([0, 999])),
            })  # fmt: skip
    return branches, places


@st.composite
def worlds(draw: st.DrawFn, end: date) -> Tables:
    branches, places = draw(trees())
    codes = [row["branch"] for row in places]
    branch = st.sampled_from([*codes, *codes[-3:], "unknown"])
    days = rows.near(end)
    maybe = days | st.none()
    flag = st.sampled_from([True, True, False, None])

    def some(least: int, most: int, **columns: Any) -> list[dict[str, Any]]:
        # Tuples of a fixed shape are drawn several times faster than dictionaries.
        names = list(columns)
        drawn = draw(st.lists(st.tuples(*columns.values()), min_size=least, max_size=most))
        return [dict(zip(names, row, strict=True)) for row in drawn]

    word = {name: st.sampled_from([*some_words, None]) for name, some_words in rows.WORDS.items()}
    facts = some(
        draw(st.sampled_from([0, 5, 9])), 14, kind=st.sampled_from(rows.KINDS[:3]),
        branch=branch, person=word["person"],
        occurred_on=days, value=VALUES, evidence=st.sampled_from(rows.EVIDENCE),
        source=st.sampled_from(rows.WORDS["source"]),
    )  # fmt: skip
    for at, fact in enumerate(facts):
        fact["source_id"] = str(at)
    people = some(
        0, 3, branch=branch, affiliation=word["affiliation"], affiliated_on=maybe,
        confirmed_on=maybe,
        consented=flag, last_contact_on=maybe, first_action_on=maybe, person=word["person"],
    )  # fmt: skip
    posts = some(
        0, 3, branch=branch, post=word["post"], filled=flag, term_ends_on=maybe, trained_on=maybe,
        last_active_on=maybe,
    )  # fmt: skip
    precincts = some(0, 3, branch=branch, covered_by=word["covered_by"], voters=VOTERS)
    sites = some(
        0, 3, branch=branch, kind=word["kind"], status=word["status"], due_on=maybe,
        last_inspected_on=maybe,
    )  # fmt: skip
    return Tables(
        branches=_table(schemas.BRANCHES, branches),
        places=_table(schemas.PLACES, places),
        facts=_table(schemas.FACTS, facts),
        people=_table(schemas.PEOPLE, people),
        posts=_table(schemas.POSTS, posts),
        precincts=_table(schemas.PRECINCTS, precincts),
        sites=_table(schemas.SITES, sites),
    )


def _table(schema: pa.Schema, drawn: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(drawn, schema=schema)


def months() -> st.SearchStrategy[Month]:
    return st.sampled_from([Month.of(end) for end in rows.ENDS])
