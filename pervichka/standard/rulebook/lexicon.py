"""The words of a `where`: nothing reaches the SQL parser that is not on this list.

SQL is large and the parser forgives much (casts, comments, other dialects' operators), so a text
is first cut into tokens here and refused at the first sign of anything that the contract lacks.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from pervichka.foundation.refusal import Reason
from pervichka.standard.rulebook.catalogue import BOUNDS, FUNCTIONS
from pervichka.standard.rulebook.expressions import MAX_INTERVAL_DAYS, MAX_INTERVAL_MONTHS

MAX_LENGTH = 4000
MAX_TOKENS = 600
MAX_DEPTH = 20
FIRST_DATE, LAST_DATE = date(1900, 1, 1), date(2199, 12, 31)

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<comment>--|/\*)|(?P<number>\d+(?:\.\d+)?(?![\w.]))"
    r"|(?P<text>'(?:[^']|'')*')|(?P<name>[A-Za-z_]\w*)|(?P<sign><>|!=|<=|>=|[-=<>+*(),])",
    re.ASCII,
)
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,6})?")
_INTERVAL = re.compile(r"(\d{1,5}) (day|month)s?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

KEYWORDS = frozenset(
    {"and", "or", "not", "in", "between", "is", "null", "true", "false", "date", "interval"}
)
GRAMMAR = (
    "columns, period_start, period_end, numbers, 'strings', date '2026-01-31', "
    "interval '12 months', = <> < <= > >=, and or not in between is null, + - *, "
    "coalesce abs least greatest"
)
_REMEDIES = {
    "select": "sub-queries are not allowed; count another table in an indicator of its own",
    "exists": "sub-queries are not allowed; count another table in an indicator of its own",
    "case": "case is not allowed; write the condition with and, or, not",
    "cast": "casts are not allowed; write a date as date '2026-01-31'",
    "like": "like is not allowed; list the values with in ('…', '…')",
    "ilike": "like is not allowed; list the values with in ('…', '…')",
    "similar": "patterns are not allowed; list the values with in ('…', '…')",
    "current_date": "today is not allowed, since a past period must give the same again; "
    "use period_end",
    "now": "today is not allowed, since a past period must give the same again; use period_end",
}
_SIGNS = {
    ";": "one expression only: remove ';'",
    '"': "write columns without quotes and text in single quotes",
    ".": "write the column's name alone, and a number with a digit before its point",
    ":": "casts and parameters are not allowed; write the value itself",
    "?": "parameters are not allowed; write the value itself",
    "$": "parameters are not allowed; write the value itself",
    "@": "parameters are not allowed; write the value itself",
    "/": "division is not allowed; multiply the other side",
    "%": "the operators are + - *",
    "|": "text can't be joined; compare each column by itself",
    "'": "a string has no closing quote",
}


@dataclass(frozen=True)
class Token:
    """A piece of the text; `kind` is number, text, name or sign, names in lower case."""

    kind: str
    text: str


def interval(text: str) -> tuple[str, int] | None:
    """`12 months` as ("months", 12); none for anything else or longer than about a century."""
    match = _INTERVAL.fullmatch(text)
    if match is None:
        return None
    size, unit = int(match[1]), match[2] + "s"
    longest = MAX_INTERVAL_DAYS if unit == "days" else MAX_INTERVAL_MONTHS
    return (unit, size) if size <= longest else None


def day(text: str) -> date | None:
    """`2026-01-31` as a date between 1900 and 2199; none for anything else."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_DATE <= found <= LAST_DATE else None


def _reason(message: str, **params: object) -> Reason:
    return Reason(message=message, params=params)


def cut(text: str) -> tuple[list[Token], list[Reason]]:
    """The text's tokens, and what is wrong with its letters, length and nesting."""
    if len(text) > MAX_LENGTH:
        message = "the condition has {length} characters; {limit} is the most"
        return [], [_reason(message, length=len(text), limit=MAX_LENGTH)]
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup == "comment":
            return tokens, [_unknown_sign(text[at:], match)]
        at = match.end()
        kind = str(match.lastgroup)
        if kind != "space":
            tokens.append(Token(kind, match[0].lower() if kind == "name" else match[0]))
    return tokens, list(_too_much(tokens))


def _unknown_sign(rest: str, match: re.Match[str] | None) -> Reason:
    if match is not None:
        return _reason("comments are not allowed in a condition; write them as YAML comments (#)")
    remedy = _SIGNS.get(rest[0], f"allowed: {GRAMMAR}")
    if rest[0].isdigit():
        remedy = "write a number as 12 or 12.5"
    message = "{found} can't stand in a condition: {remedy}"
    return _reason(message, found=repr(rest[:12]), remedy=remedy)


def _too_much(tokens: list[Token]) -> Iterator[Reason]:
    if not tokens:
        yield _reason("the condition is empty; leave `where` out to count every row")
    if len(tokens) > MAX_TOKENS:
        message = "the condition has {length} words and signs; {limit} is the most"
        yield _reason(message, length=len(tokens), limit=MAX_TOKENS)
    depth = deepest = run = 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        # `not not not …` and `- - - …` nest as brackets do.
        run = run + 1 if token.text in {"not", "-"} else 0
        deepest = max(deepest, depth, run)
    if deepest > MAX_DEPTH:
        yield _reason("the condition nests deeper than {limit}; simplify it", limit=MAX_DEPTH)


def check_words(tokens: list[Token], columns: Collection[str], table: str) -> Iterator[Reason]:
    """Every name, number, date and interval that the contract or the table lacks."""
    after = [*tokens[1:], Token("end", "")]
    before = [Token("start", ""), *tokens[:-1]]
    for previous, token, following in zip(before, tokens, after, strict=True):
        if token.kind == "name":
            yield from _check_name(token.text, following, columns, table)
        elif token.kind == "number" and _NUMBER.fullmatch(token.text) is None:
            message = "the number {found} is too long: at most 12 digits and 6 decimals"
            yield _reason(message, found=token.text)
        elif token.kind == "text" and previous.text in {"date", "interval"}:
            yield from _check_prefixed(previous, token.text)
    yield from _check_order(tokens)


def _check_order(tokens: list[Token]) -> Iterator[Reason]:
    """What the SQL parser would swallow in silence: words side by side, a sign with no operand."""
    start, end = Token("start", ""), Token("end", "")
    for previous, token, following in zip(
        [start, *tokens[:-1]], tokens, [*tokens[1:], end], strict=True
    ):
        ended = _ends_operand(previous)
        called = previous.kind == "name" and token.text == "("  # told by _check_name
        if ended and _starts_operand(token) and not called and previous.text not in _REMEDIES:
            message = "{found} stands after {previous} with nothing between them"
            yield _reason(message, found=token.text, previous=previous.text)
        elif token.text == "not" and ended and following.text not in {"in", "between"}:
            yield _reason("after a value, `not` stands only in `not in` and `not between`")
        elif token.text == "+" and not ended:
            yield _reason("'+' has nothing before it; remove it")
        elif token.text == following.text == "=":
            yield _reason("write equality as a single =")
        elif token.text == "," and following.text in {")", ","}:
            yield _reason("',' has nothing after it; remove it")


def _ends_operand(token: Token) -> bool:
    if token.kind == "name":
        return token.text in {"null", "true", "false"} or token.text not in {*KEYWORDS, *FUNCTIONS}
    return token.kind in {"number", "text"} or token.text == ")"


def _starts_operand(token: Token) -> bool:
    if token.kind == "name":
        return token.text in {"null", "true", "false", "date", "interval"} or (
            token.text not in KEYWORDS and token.text not in _REMEDIES
        )
    return token.kind in {"number", "text"} or token.text == "("


def _check_name(
    name: str, following: Token, columns: Collection[str], table: str
) -> Iterator[Reason]:
    called = following.text == "("
    if name in {"date", "interval"}:
        if following.kind != "text":
            example = "date '2026-01-31'" if name == "date" else "interval '12 months'"
            message = "{name} needs a quoted value: write {example}"
            yield _reason(message, name=name, example=example)
    elif name in _REMEDIES and name not in columns:
        yield _reason("{remedy}", remedy=_REMEDIES[name])
    elif called and name not in KEYWORDS and name not in FUNCTIONS:
        message = "no function {name} is allowed; allowed: {allowed}"
        yield _reason(message, name=repr(name), allowed=", ".join(FUNCTIONS))
    elif name in FUNCTIONS:
        if not called:
            yield _reason("{name} is a function: write its arguments in brackets", name=repr(name))
    elif name not in KEYWORDS and name not in columns and name not in BOUNDS:
        message = "{table} has no column {name}; it has: {allowed}, and period_start, period_end"
        yield _reason(message, table=table, name=repr(name), allowed=", ".join(columns))


def _check_prefixed(previous: Token, quoted: str) -> Iterator[Reason]:
    inner = quoted[1:-1]
    if previous.text == "date" and day(inner) is None:
        message = "{found} is not a date between 1900 and 2199; write date '2026-01-31'"
        yield _reason(message, found=quoted)
    elif previous.text == "interval" and interval(inner) is None:
        message = (
            "{found} is not an interval; write whole days or months, as "
            "interval '90 days' or interval '12 months', of a century at most"
        )
        yield _reason(message, found=quoted)
