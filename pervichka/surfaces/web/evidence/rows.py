"""The records behind a number as a table: which columns, and what each cell says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import Unit, unit_names
from pervichka.register.people.queries import person_by_code
from pervichka.register.posts.kinds import post_label
from pervichka.standard.engine.explain import ExplainedRow, Explanation, Miss
from pervichka.surfaces.web.standards.conditions import (
    AFFILIATIONS,
    COLUMNS,
    EVIDENCE,
    kind_in_words,
)
from pervichka.surfaces.web.standards.words import LEVELS
from pervichka.surfaces.web.templatetags.pervichka import amount

# What is shown of each table's rows, in this order; a person stands apart.
_SHOWN: Mapping[str, Sequence[str]] = {
    "facts": ("occurred_on", "kind", "branch", "evidence"),
    "people": ("branch", "affiliation", "affiliated_on", "confirmed_on"),
    "posts": ("branch", "post", "filled", "term_ends_on"),
    "branches": ("branch", "voters"),
    "precincts": ("precinct", "branch", "covered_by", "voters"),
    "sites": ("site", "branch", "status", "due_on"),
}
_HEADINGS: Mapping[str, str] = {
    "kind": gettext_noop("What happened"),
    "precinct": gettext_noop("precinct"),
    "site": gettext_noop("site"),
}
_CODES = {"branch", "covered_by"}
# By source and by the beginning of a kind's name: where the record of a fact stands, and who may
# open it.
_RECORDS: Mapping[tuple[str, str], tuple[str, Permission]] = {
    ("events", "event"): ("web:event", Permission.SEE_EVENTS),
    ("events", "meeting"): ("web:event", Permission.SEE_EVENTS),
    ("casework", "appeal"): ("web:appeal", Permission.HANDLE_APPEALS),
    ("casework", "surgery"): ("web:appeal-hours-page", Permission.HANDLE_APPEALS),
}


@dataclass(frozen=True)
class Cell:
    """`label` is the column's heading, which a phone shows beside the text."""

    label: str
    text: str
    address: str = ""


@dataclass(frozen=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def records_table(explanation: Explanation, *, unit: Unit, actor: Actor, query: str) -> Table:
    """The page's rows. A person is named in their own branch only; above it, a participant."""
    rows = explanation.rows
    if not rows:
        return Table((), ())
    writer = _Writer(rows, unit, actor, query)
    written = [writer.row(row) for row in rows]
    columns = _columns(written)
    return Table(columns, [_under(columns, row) for row in written])


def _columns(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """The headings of all rows: units and facts may stand in one table, each with its own."""
    columns: list[str] = []
    for row in rows:
        place = 0
        for cell in row:
            if cell.label not in columns:
                columns.insert(place, cell.label)
            place = columns.index(cell.label) + 1
    return columns


def _under(columns: Sequence[str], row: Sequence[Cell]) -> list[Cell]:
    """The row with each cell under its heading, and nothing where it has none."""
    cells = {cell.label: cell for cell in row}
    return [cells.get(label, Cell(label, "")) for label in columns]


class _Writer:
    """Writes rows of one page: knows the names of its branches and what each person is called."""

    def __init__(self, rows: Iterable[ExplainedRow], unit: Unit, actor: Actor, query: str) -> None:
        self.query = query
        codes = {str(row.columns[name]) for row in rows for name in _CODES & row.columns.keys()}
        self.names = unit_names(sorted(codes), actor=actor)
        self.tables = {row.table for row in rows}
        self.missed = any(row.misses for row in rows)
        self.actor = actor
        # Names open within the branch whose people they are, to whoever keeps its list.
        self.named = (
            unit.level == "primary"
            and actor.branch_id == unit.id
            and actor.may(Permission.SEE_PEOPLE, unit.place)
        )
        self.people: dict[str, str] = {}

    def row(self, row: ExplainedRow) -> list[Cell]:
        cells = [self.cell(row, name) for name in _SHOWN[row.table] if name in row.columns]
        person = row.columns.get("person")
        if row.table in {"facts", "people"}:
            cells.insert(min(2, len(cells)), Cell(_("Who"), self.person(person)))
        if self.missed:
            cells.append(Cell(_("Why it does not count"), "; ".join(map(miss_text, row.misses))))
        return cells

    def cell(self, row: ExplainedRow, name: str) -> Cell:
        heading = _(_HEADINGS.get(name) or COLUMNS[name])
        label = heading[:1].upper() + heading[1:]
        value = row.columns[name]
        if name in _CODES and value is not None:
            code = str(value)
            address = reverse("web:branch", args=[code]) + self.query if code in self.names else ""
            return Cell(label, self.names.get(code, code), address)
        return Cell(label, _text(name, value), self.record(row) if name == "kind" else "")

    def record(self, row: ExplainedRow) -> str:
        """The page of the record that a fact was derived from, for whoever may open it."""
        kind = str(row.columns.get("kind")).partition(".")[0]
        page, right = _RECORDS.get((str(row.columns.get("source")), kind), ("", None))
        if right is None or right not in self.actor.permissions:
            return ""
        try:
            return reverse(page, args=[UUID(str(row.columns["source_id"]).partition("/")[0])])
        except (NoReverseMatch, ValueError):
            return ""

    def person(self, code: object) -> str:
        if code is None:
            return "—"
        key = str(code)
        if key not in self.people:
            found = person_by_code(code=key, actor=self.actor) if self.named else None
            self.people[key] = (
                found.full_name
                if found is not None
                else _("participant %(number)s") % {"number": len(self.people) + 1}
            )
        return self.people[key]


def _text(name: str, value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return str(date_format(value, "j E Y")).replace(" ", "\u00a0")
    if isinstance(value, int | float):
        return amount(value)
    word = str(value)
    if name == "kind":
        return kind_in_words(word)
    if name == "post":
        return post_label(word)
    translated = EVIDENCE.get(word) or AFFILIATIONS.get(word) or dict(LEVELS).get(word)  # type: ignore[call-overload] # a StrEnum's members are looked up by their text
    return _(translated) if translated else word


def _span(first: object, last: object) -> str:
    """1–30 November 2026; what the two days have in common is said once."""
    if not (isinstance(first, date) and isinstance(last, date) and first.year == last.year):
        return f"{_text('', first)} – {_text('', last)}"
    if first.month == last.month:
        return f"{first.day}–{_text('', last)}"
    start = str(date_format(first, "j E")).replace(" ", "\u00a0")
    return f"{start} – {_text('', last)}"


def miss_text(miss: Miss) -> str:
    """Why a row did not count."""
    params = miss.params
    match miss.code:
        case "evidence_too_low":
            return _("it is %(evidence)s; it has to be at least: %(needed)s") % {
                "evidence": _text("evidence", params["evidence"]),
                "needed": _text("evidence", params["needed"]),
            }
        case "outside_dates":
            return _("%(day)s lies outside %(span)s") % {
                "day": _text("", params["occurred_on"]),
                "span": _span(params["first"], params["last"]),
            }
        case "no_value":
            column = str(params["column"])
            return _("“%(column)s” is empty") % {"column": _(COLUMNS.get(column, column))}
        case "too_few":
            return _("found %(found)s, needed %(needed)s") % {
                "found": _text("", params["found"]),
                "needed": _text("", params["needed"]),
            }
        case _:
            return _("nothing that counts answers it")
