"""The records behind a number as a table: which columns, and what each cell says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import Unit, unit_names
from pervichka.register.people.queries import opened_names, people_by_code
from pervichka.register.posts.kinds import post_label
from pervichka.standard.engine.explain import ExplainedRow, Explanation, Miss
from pervichka.standard.scores.queries.explaining import may_see_participants
from pervichka.surfaces.web.evidence.participants import sealed_participant
from pervichka.surfaces.web.standards.naming import (
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
    """`names` says how many people's names stand in it."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    names: int


def records_table(
    explanation: Explanation, *, unit: Unit, actor: Actor, query: str, opening: str, at: datetime
) -> Table:
    """The page's rows. A person is named in their own branch only; above it, a participant.

    There a name opens at the address `opening`, where a reason is asked for; with one that still
    holds, it stands in the table.
    """
    rows = explanation.rows
    if not rows:
        return Table((), (), 0)
    writer = _Writer(explanation, unit, actor, query, opening, at)
    written = [writer.row(row) for row in rows]
    columns = _columns(written)
    return Table(columns, [_under(columns, row) for row in written], writer.names_shown)


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

    def __init__(
        self,
        explanation: Explanation,
        unit: Unit,
        actor: Actor,
        query: str,
        opening: str,
        at: datetime,
    ) -> None:
        rows = explanation.rows
        self.query = query
        codes = {str(row.columns[name]) for row in rows for name in _CODES & row.columns.keys()}
        self.names = unit_names(sorted(codes), actor=actor)
        self.missed = any(row.misses for row in rows)
        self.actor = actor
        self.participants = explanation.participants
        if may_see_participants(actor, unit):
            self.people = people_by_code(self.participants, actor=actor)
        else:
            self.people = opened_names(self.participants, by=actor, at=at)
        self.opening = opening if actor.may(Permission.SEE_PEOPLE, unit.place) else ""

    @property
    def names_shown(self) -> int:
        return len(self.people)

    def row(self, row: ExplainedRow) -> list[Cell]:
        cells = [self.cell(row, name) for name in _SHOWN[row.table] if name in row.columns]
        person = row.columns.get("person")
        if row.table in {"facts", "people"}:
            cells.insert(min(2, len(cells)), self.person(person))
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

    def person(self, code: object) -> Cell:
        label = _("Who")
        if code is None:
            return Cell(label, "—")
        found = self.people.get(str(code))
        if found is not None:
            return Cell(label, found.full_name, reverse("web:person", args=[found.id]))
        number = self.participants[str(code)]
        opens = f"{self.opening}&who={sealed_participant(code, self.actor)}" if self.opening else ""
        return Cell(label, _("participant %(number)s") % {"number": number}, opens)


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
