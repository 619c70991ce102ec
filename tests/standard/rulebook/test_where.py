"""A condition means one thing, and whatever else SQL can say is refused with a remedy."""

from datetime import date
from decimal import Decimal

import pytest

from pervichka.foundation.refusal import Refused
from pervichka.standard.rulebook.expressions import (
    Arithmetic,
    Between,
    Bound,
    Call,
    Column,
    Compare,
    In,
    IsNull,
    Literal,
    Logic,
    Negate,
    Not,
    Type,
)
from pervichka.standard.rulebook.where import parse_where

KIND = Column("kind", Type.TEXT)
VALUE = Column("value", Type.NUMBER)
DAY = Column("occurred_on", Type.DATE)
END = Bound("period_end")


def number(text: str) -> Literal:
    return Literal(Decimal(text), Type.NUMBER)


def word(text: str) -> Literal:
    return Literal(text, Type.TEXT)


RIGHT = [
    ("kind = 'meeting.held'", Compare("=", KIND, word("meeting.held"))),
    ("'meeting.held' = KIND", Compare("=", word("meeting.held"), KIND)),
    ("value != 1.50", Compare("<>", VALUE, number("1.50"))),
    ("value >= -0.1", Compare(">=", VALUE, Negate(number("0.1"), Type.NUMBER))),
    (
        "kind in ('meeting.held', 'x.letters')",
        In(KIND, (word("meeting.held"), word("x.letters"))),
    ),
    (
        "person not in ('O''Hara')",
        Not(In(Column("person", Type.TEXT), (word("O'Hara"),))),
    ),
    ("person is not null", Not(IsNull(Column("person", Type.TEXT)))),
    (
        "evidence <> 'self_reported'",
        Compare("<>", Column("evidence", Type.EVIDENCE), Literal("self_reported", Type.EVIDENCE)),
    ),
    (
        "occurred_on between date '2026-01-31' and period_end - interval '12 months'",
        Between(
            DAY,
            Literal(date(2026, 1, 31), Type.DATE),
            Arithmetic("-", END, Literal(12, Type.MONTHS), Type.DATE),
        ),
    ),
    (
        "period_end - occurred_on < 30",
        Compare("<", Arithmetic("-", END, DAY, Type.NUMBER), number("30")),
    ),
    (
        "occurred_on + interval '1 day' > period_start",
        Compare(
            ">",
            Arithmetic("+", DAY, Literal(1, Type.DAYS), Type.DATE),
            Bound("period_start"),
        ),
    ),
    (
        "value = 1 or value = 2 and not value = 3 or value = 4",
        Logic(
            "or",
            (
                Compare("=", VALUE, number("1")),
                Logic(
                    "and",
                    (Compare("=", VALUE, number("2")), Not(Compare("=", VALUE, number("3")))),
                ),
                Compare("=", VALUE, number("4")),
            ),
        ),
    ),
    (
        "coalesce(value, 0) + value * 2 = least(value, 1)",
        Compare(
            "=",
            Arithmetic(
                "+",
                Call("coalesce", (VALUE, number("0")), Type.NUMBER),
                Arithmetic("*", VALUE, number("2"), Type.NUMBER),
                Type.NUMBER,
            ),
            Call("least", (VALUE, number("1")), Type.NUMBER),
        ),
    ),
]


@pytest.mark.parametrize(("text", "node"), RIGHT, ids=lambda value: str(value)[:40])
def test_what_a_condition_means(text: str, node: object) -> None:
    assert parse_where(text, table="facts", kinds=["x.letters"]) == node


def test_a_boolean_column_is_a_condition() -> None:
    assert parse_where("filled", table="posts") == Column("filled", Type.BOOLEAN)
    assert parse_where("not consented", table="people") == Not(Column("consented", Type.BOOLEAN))
    assert parse_where("filled = false", table="posts") == Compare(
        "=", Column("filled", Type.BOOLEAN), Literal(False, Type.BOOLEAN)
    )


def test_kinds_of_sites_are_not_kinds_of_facts() -> None:
    assert parse_where("kind = 'playground'", table="sites")


def test_a_published_document_may_name_kinds_of_its_time() -> None:
    assert parse_where("kind = 'x.gone'", table="facts", kinds=None)


WRONG = [
    # Not of this language.
    ("", "empty"),
    ("   ", "empty"),
    ("select 1", "sub-queries"),
    ("value in (select 1)", "sub-queries"),
    ("exists (select 1)", "sub-queries"),
    ("value = 1; drop table facts", "remove ';'"),
    ("value = 1 -- note", "comments"),
    ("value /* note */ = 1", "comments"),
    ("value::text = '1'", "casts"),
    ("cast(value as text) = '1'", "casts"),
    ("case when value = 1 then true end", "case is not allowed"),
    ("kind like 'meeting%'", "like is not allowed"),
    ("kind similar to 'meeting%'", "patterns"),
    ("facts.value = 1", "column's name alone"),
    ('"value" = 1', "without quotes"),
    ("value = $1", "parameters"),
    ("value = ?", "parameters"),
    ("value = :x", "parameters"),
    ("value = @x", "parameters"),
    ("value = {x}", "allowed: columns"),
    ("value / 2 = 1", "division"),
    ("value % 2 = 1", "+ - *"),
    ("kind || 'x' = 'y'", "joined"),
    ("value == 1", "single ="),
    ("upper(kind) = 'X'", "no function 'upper'"),
    ("now() > occurred_on", "period_end"),
    ("current_date > occurred_on", "period_end"),
    ("coalesce(distinct value) = 1", "no column 'distinct'"),
    ("value = all (1)", "no function 'all'"),
    ("value between symmetric 1 and 2", "no column 'symmetric'"),
    ("abs = 1", "arguments in brackets"),
    ("value = 'it", "closing quote"),
    ("value = 1 value", "nothing between"),
    ("value 'x'", "nothing between"),
    ("kind = 'meeting' '.held'", "nothing between"),
    ("value =", "can't be read"),
    ("value not null", "only in `not in`"),
    ("not + value = 1", "nothing before it"),
    ("occurred_on > period_end - interval '2 months' 1", "nothing between"),
    ("interval '2 months' + 1 > occurred_on", "write an interval as"),
    ("value value", "nothing between"),
    ("(value = 1) (value = 2)", "nothing between"),
    ("(value = 1", "can't be read"),
    ("value = 1)", "can't be read"),
    ("value in ()", "needs a list"),
    ("value in 1", "needs a list"),
    ("value in (1,)", "nothing after it"),
    ("(value, value) in (1)", "can't be read"),
    ("+ value = 1", "nothing before it"),
    ("value is", "can't be read"),
    ("value is true", "only null"),
    ("value = null", "is null"),
    ("значение = 1", "allowed: columns"),
    ("value = 1\u00a0", "allowed: columns"),
    ("true = value = value", "in brackets"),
    ("value between 1 and 2 = true", "in brackets"),
    ("person is null is null", "in brackets"),
    ("value in (1, 2) is null", "in brackets"),
    ("true = not value = 1", "in brackets"),
    # Numbers, dates, intervals.
    ("value = 1e5", "12 or 12.5"),
    ("value = 0x1F", "12 or 12.5"),
    ("value = 1_000", "12 or 12.5"),
    ("value = .5", "digit before"),
    ("value = 1234567890123", "too long"),
    ("value = 0.1234567", "too long"),
    ("occurred_on = date '2026-02-29'", "not a date"),
    ("occurred_on = date '26-01-01'", "not a date"),
    ("occurred_on = date '0001-01-01'", "between 1900 and 2199"),
    ("occurred_on = date(2026)", "needs a quoted value"),
    ("occurred_on = date value", "needs a quoted value"),
    ("occurred_on > period_end - interval '1 year'", "days or months"),
    ("occurred_on > period_end - interval '-1 days'", "days or months"),
    ("occurred_on > period_end - interval '1.5 months'", "days or months"),
    ("occurred_on > period_end - interval '1 month 3 days'", "days or months"),
    ("occurred_on > period_end - interval '99999 days'", "a century at most"),
    ("occurred_on > period_end - interval 90 days", "needs a quoted value"),
    ("timestamp '2026-01-01' > occurred_on", "no column 'timestamp'"),
    # Types.
    ("value", "must be true or false"),
    ("value + 1", "must be true or false"),
    ("interval '1 month'", "must be true or false"),
    ("value = 'x'", "without quotes"),
    ("occurred_on > '2026-01-01'", "date '2026-01-31'"),
    ("occurred_on > 30", "number of days"),
    ("occurred_on - 30 > period_start", "interval '90 days'"),
    ("occurred_on * 2 > period_start", "interval '90 days'"),
    ("occurred_on + occurred_on > period_start", "or - of a date"),
    ("interval '1 month' - occurred_on > period_start", "means nothing"),
    ("interval '1 month' + interval '1 day' > period_start", "one after the other"),
    ("occurred_on > interval '1 month'", "added to a date"),
    ("interval '1 month' is null", "never null"),
    ("person + 1 = 2", "means nothing"),
    ("- person = 1", "takes a number"),
    ("abs(occurred_on) = 1", "takes a number"),
    ("coalesce(value, person) = 1", "coalesce"),
    ("value and value = 1", "joins conditions"),
    ("not value", "joins conditions"),
    ("value between 1 and 'x'", "without quotes"),
    ("value in (1, 'x')", "without quotes"),
    ("(value = 1) < (value = 2)", "no order"),
    # Kinds and evidence.
    ("kind = 'meeting.hold'", "no kind 'meeting.hold'; the catalogue has: appeal."),
    ("'meeting.hold' = kind", "no kind"),
    ("kind in ('meeting.held', 'meeting.hold')", "no kind 'meeting.hold'"),
    ("kind between 'meeting.held' and 'zzz'", "no kind 'zzz'"),
    ("kind < 'zzz'", "no kind 'zzz'"),
    ("coalesce(kind, 'none') = 'meeting.held'", "no kind 'none'"),
    ("kind not in ('x.letters')", "registered first"),
    ("evidence > 'observed'", "only =, <> and in"),
    ("evidence between 'observed' and 'verified'", "only =, <> and in"),
    ("evidence = 'seen'", "'self_reported', 'observed', 'verified'"),
    ("evidence = source", "'self_reported', 'observed', 'verified'"),
    ("evidence = 2", "'self_reported', 'observed', 'verified'"),
    ("evidence is null", "never null"),
    ("coalesce(evidence, 'observed') = 'observed'", "only =, <> and in"),
    # Size.
    ("value = 1 or " * 400 + "value = 1", "characters"),
    ("(" * 30 + "value = 1" + ")" * 30, "deeper"),
    ("not " * 30 + "value = 1", "deeper"),
    ("value = " + "-" * 30 + "1", "comments"),
    ("value = " + "- " * 30 + "1", "deeper"),
    ("value" + " + value" * 100 + " = 1", "deeper"),
    ("abs(" * 30 + "value" + ")" * 30 + " = 1", "deeper"),
    ("value * value * value = 1", "38 digits"),
    ("period_end" + " + interval '1 day'" * 5 + " > occurred_on", "more than 4 intervals"),
    ("value in (" + "1, " * 700 + "1)", "600"),
]


@pytest.mark.parametrize(("text", "piece"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_refused(text: str, piece: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_where(text, table="facts")
    assert piece in str(refused.value)


@pytest.mark.parametrize("table", ["people", "posts", "branches", "precincts", "sites"])
def test_a_column_of_another_table_is_refused_with_this_tables_own(table: str) -> None:
    with pytest.raises(Refused, match=f"{table} has no column 'occurred_on'; it has: branch"):
        parse_where("occurred_on > period_start", table=table)


def test_every_unknown_name_is_reported_once() -> None:
    with pytest.raises(Refused) as refused:
        parse_where("city = 'a' or street = 'b' or city = 'c'", table="facts")
    assert len(refused.value.reasons) == 2
