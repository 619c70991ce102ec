"""The catalogue is the contract's: tables, columns, kinds."""

import pytest

from pervichka.standard.engine import tables
from pervichka.standard.rulebook.catalogue import KIND_NAMES, KINDS, TABLES, Kind, numeric_columns

CONTRACT = {
    "facts": "kind branch person occurred_on value evidence source source_id",
    "people": "branch affiliation affiliated_on confirmed_on consented last_contact_on "
    "first_action_on",
    "posts": "branch post filled term_ends_on trained_on last_active_on",
    "branches": "branch level voters precincts",
    "precincts": "branch covered_by voters",
    "sites": "branch kind status due_on last_inspected_on",
}


def test_tables_and_columns() -> None:
    assert {name: " ".join(columns) for name, columns in TABLES.items()} == CONTRACT


@pytest.mark.parametrize("table", TABLES)
def test_the_engine_has_every_column(table: str) -> None:
    assert set(TABLES[table]) <= set(getattr(tables, table.upper()).names)


def test_what_can_be_summed() -> None:
    assert {table: numeric_columns(table) for table in TABLES} == {
        "facts": ("value",),
        "people": (),
        "posts": (),
        "branches": ("voters", "precincts"),
        "precincts": ("voters",),
        "sites": (),
    }


def test_kinds_of_the_contract() -> None:
    assert {
        "meeting.quorate", "event.attended", "appeal.due", "appeal.answered_on_time",
        "survey.answered", "course.passed", "confirmation.answered", "confirmation.due",
    } <= KIND_NAMES  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_documented(kind: Kind) -> None:
    assert kind.meaning.keys() == kind.title.keys() == {"en", "ru"}
    assert all([*kind.meaning.values(), *kind.title.values(), kind.room])
    assert not kind.name.startswith("x.")
    assert list(KINDS) == sorted(KINDS, key=lambda kind: kind.name)
