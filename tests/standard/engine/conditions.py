"""Random `where` texts over the whole grammar, close to the dates and values that decide."""

from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from pervichka.foundation.periods import minus_months
from pervichka.standard.rulebook.catalogue import TABLES
from pervichka.standard.rulebook.expressions import Type

KINDS = ("meeting.quorate", "event.attended", "confirmation.due", "confirmation.answered")
PEOPLE = ("p1", "p2", "p3")
EVIDENCE = ("self_reported", "observed", "verified")
WORDS = {
    "kind": KINDS,
    "person": PEOPLE,
    "source": ("events", "it's"),
    "source_id": ("1", "2"),
    "affiliation": ("member", "supporter", "contact"),
    "post": ("secretary", "deputy"),
    "status": ("open", "done"),
    "branch": ("b1", "b2", "b3", "B"),
    "covered_by": ("b1", "b2"),
    "level": ("federal", "regional", "local", "primary"),
}
NUMBERS = (
    "0",
    "1",
    "2",
    "0.5",
    "1.0",
    "2.500",
    "0.001",
    "0.0005",
    "1000",
    "700.25",
    "999999999999",
)
WINDOWS_DAYS, WINDOWS_MONTHS = (1, 2, 30, 90, 365), (1, 2, 3, 12)


def near(end: date) -> st.SearchStrategy[date]:
    """Dates on and beside the bounds of the periods and windows that end on a day."""
    starts = [date(end.year, month, 1) for month in {1, 3 * ((end.month - 1) // 3) + 1, end.month}]
    bounds = [end, *starts, *(end - timedelta(days=days) for days in WINDOWS_DAYS)]
    bounds += [minus_months(end, months) for months in WINDOWS_MONTHS]
    days = {bound + timedelta(days=shift) for bound in bounds for shift in (-1, 0, 1)}
    inside = [end - timedelta(days=days) for days in range(len(days) // 2)]
    return st.sampled_from(inside + sorted(days))


ENDS = (
    date(2026, 1, 31),
    date(2026, 3, 31),
    date(2024, 2, 29),
    date(2025, 11, 30),
    date(2025, 12, 31),
)
DATES = st.one_of([near(end) for end in ENDS])


@cache
def conditions(table: str, depth: int = 2) -> st.SearchStrategy[str]:
    """A boolean expression over a table's columns."""
    simple = [_comparison(table, type_, depth) for type_ in (Type.TEXT, Type.DATE, Type.NUMBER)
              if type_ in TABLES[table].values() or type_ is Type.DATE]  # fmt: skip
    simple += [st.sampled_from(_columns(table, None)).map("{} is null".format)]
    simple += [st.sampled_from(_columns(table, None)).map("{} is not null".format)]
    if booleans := _columns(table, Type.BOOLEAN):
        simple += [st.sampled_from(booleans), st.sampled_from(booleans).map("{} = false".format)]
        simple += [st.sampled_from(booleans).map("coalesce({}, true)".format)]
    if "evidence" in TABLES[table]:
        simple += [_evidence()]
    if depth == 0:
        return st.one_of(simple)
    below = conditions(table, depth - 1)
    joined = st.tuples(below, st.sampled_from([" and ", " or "]), below).map("".join)
    return st.one_of(*simple, joined.map("({})".format), below.map("not ({})".format))


def often_met(table: str) -> st.SearchStrategy[str]:
    """A condition that most rows of the random worlds meet, and some do not."""
    common = {
        "facts": ("kind in ('meeting.quorate', 'event.attended')", "value > 0", "person <> 'p1'"),
        "people": ("consented", "affiliation <> 'contact'"),
        "posts": ("filled", "term_ends_on >= period_start - interval '3 months'"),
        "branches": ("voters > 0", "level <> 'regional'"),
        "precincts": ("covered_by is not null", "voters * 2 >= 1"),
        "sites": ("status = 'open' or due_on <= period_end",),
    }
    return st.sampled_from(common[table])


def _columns(table: str, type_: Type | None) -> list[str]:
    return [
        name
        for name, own in TABLES[table].items()
        if own is type_ or (type_ is None and own is not Type.EVIDENCE)
    ]


def _evidence() -> st.SearchStrategy[str]:
    one = st.sampled_from(EVIDENCE).map("'{}'".format)
    compared = st.tuples(st.just("evidence"), st.sampled_from([" = ", " <> "]), one).map("".join)
    listed = st.lists(one, min_size=1, max_size=2).map(
        lambda some: f"evidence in ({', '.join(some)})"
    )
    return compared | listed


def _comparison(table: str, type_: Type, depth: int) -> st.SearchStrategy[str]:
    value = _value(table, type_, min(depth, 1))
    signs = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
    negated = st.sampled_from(["", "not "])
    return st.one_of(
        st.builds("{} {} {}".format, value, signs, value),
        st.builds("{} {}between {} and {}".format, value, negated, value, value),
        st.builds(
            lambda one, no, some: f"{one} {no}in ({', '.join(some)})",
            value, negated, st.lists(value, min_size=1, max_size=3),
        ),
    )  # fmt: skip


@cache
def _value(table: str, type_: Type, depth: int) -> st.SearchStrategy[str]:
    atoms = []
    if names := _columns(table, type_):
        atoms += [st.sampled_from(names)] * 2
    if type_ is Type.NUMBER:
        atoms += [st.sampled_from(NUMBERS)]
    elif type_ is Type.DATE:
        atoms += [DATES.map("date '{}'".format), st.sampled_from(["period_start", "period_end"])]
    else:
        words = [word for name in names for word in WORDS[name]]
        atoms += [st.sampled_from([word.replace("'", "''") for word in words]).map("'{}'".format)]
    if depth == 0:
        return st.one_of(atoms)
    below = _value(table, type_, depth - 1)
    several = st.lists(below, min_size=1, max_size=3).map(", ".join)
    functions = st.sampled_from(["coalesce", "least", "greatest"])
    deeper = [st.builds("{}({})".format, functions, several)]
    if type_ is Type.NUMBER:
        signs = st.sampled_from(["+", "-", "*"])
        deeper += [st.builds("({} {} {})".format, below, signs, below)]
        deeper += [below.map("abs({})".format), below.map("(- {})".format)]
        if _columns(table, Type.DATE):
            dates = _value(table, Type.DATE, 0)
            deeper += [st.builds("({} - {})".format, dates, dates)]
    if type_ is Type.DATE:
        days = st.sampled_from([f"interval '{days} days'" for days in (*WINDOWS_DAYS, 36_600)])
        months = st.sampled_from([f"interval '{n} months'" for n in (*WINDOWS_MONTHS, 1_200)])
        deeper += [st.builds("({} {} {})".format, below, st.sampled_from("+-"), days | months)]
        deeper += [st.builds("({} + {})".format, days | months, below)]
    return st.one_of(*atoms, *deeper)
