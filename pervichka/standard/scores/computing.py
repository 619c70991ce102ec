"""Numbers of a month from the database's tables, by one engine or the other; nothing is stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection

from pervichka.foundation.periods import Month
from pervichka.standard.engine import referee, run
from pervichka.standard.engine.compile import compile_standard
from pervichka.standard.engine.result import BranchScore
from pervichka.standard.engine.tables import Tables
from pervichka.standard.facts.extract.tables import extract_tables
from pervichka.standard.rulebook.document import Standard


class Engine(StrEnum):
    """DuckDB, or the slow interpreter that referees it."""

    DUCKDB = "duckdb"
    REFERENCE = "reference"


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A month's scores, and the size by which each branch finds its peers."""

    scores: list[BranchScore]
    sizes: dict[str, float | None]


def tables_for(standard: Standard, month: Month, *, since: date | None = None) -> Tables:
    """The tables with every fact that the standard can count for the month (or since a day)."""
    first = min([*compile_standard(standard).dates(month).values(), since or month.start])
    return extract_tables(
        dbname=str(connection.settings_dict["NAME"]), day=month.end, facts_since=first
    )


def compute(standard: Standard, month: Month, engine: Engine) -> Computed:
    """Score every living branch. What the present transaction has written is not seen."""
    tables = tables_for(standard, month)
    if engine is Engine.REFERENCE:
        scores = referee.score(standard, tables, month)
    else:
        scores = run.run(standard, tables, month)
    by = "voters" if standard.peers is None else standard.peers.by
    columns = tables.branches.select(["branch", by]).to_pydict()
    return Computed(scores=scores, sizes=dict(zip(columns["branch"], columns[by], strict=True)))
