"""What appeals and open hours are as facts.

A round is due on its deadline, whenever it was answered, and closed on the day on which it ended.
A round that was reopened was due and answered, and is closed no more: the next round is due too.
Open hours count by the hour on their own day; called off before that day, they leave no fact.
"""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from pervichka.standard.facts.rows import FactRow
from pervichka.work.casework.queries import (
    Evidence,
    RoundForFacts,
    SurgeryForFacts,
    facts_of,
    surgery_facts,
)

SOURCE = "casework"
ACTION_PREFIXES = ("appeal.", "surgery.")


def facts(*, subjects: Collection[UUID] | None) -> Iterator[FactRow]:
    """The facts of these appeals and open hours, of all where none are named."""
    for one in facts_of(subjects):
        yield from _of_round(one)
    for hours in surgery_facts(subjects):
        yield from _of_surgery(hours)


def _of_round(one: RoundForFacts) -> Iterator[FactRow]:
    if one.due is not None:
        yield _fact(one, "appeal.due", one.due_on, one.due)
    if one.answered_on_time is not None:
        yield _fact(one, "appeal.answered_on_time", one.due_on, one.answered_on_time)
    if one.closed_on is not None:
        # The system closes it, whoever said what.
        yield _fact(one, "appeal.closed", one.closed_on, one.closed)
        if one.solved is not None:
            yield _fact(one, "appeal.solved", one.closed_on, one.solved)


def _of_surgery(hours: SurgeryForFacts) -> Iterator[FactRow]:
    if not hours.called_off_ahead:
        # Announced beforehand, or not at all: the system saw it.
        yield _of_hours(hours, "surgery.announced", Evidence.OBSERVED)
        if hours.held is not None:
            yield _of_hours(hours, "surgery.held", hours.held)


def _of_hours(hours: SurgeryForFacts, kind: str, evidence: Evidence) -> FactRow:
    return FactRow(
        kind=kind,
        branch_id=hours.branch_id,
        place=hours.place,
        occurred_on=hours.day,
        value=hours.hours,
        evidence=int(evidence),
        source_id=f"{hours.id}/{kind}",
        subject=hours.id,
    )


def _fact(one: RoundForFacts, kind: str, day: date, evidence: Evidence) -> FactRow:
    return FactRow(
        kind=kind,
        branch_id=one.branch_id,
        place=one.place,
        occurred_on=day,
        evidence=int(evidence),
        source_id=f"{one.appeal_id}/{one.number}/{kind}",
        subject=one.appeal_id,
    )
