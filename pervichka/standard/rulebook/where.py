"""`where`: a boolean SQL expression, checked against an allow-list and given types.

The text is cut into words first (lexicon.py), then parsed by sqlglot, then rebuilt node by node
into the types of expressions.py. A node that is not named here is refused.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from pervichka.foundation.refusal import Reason, Refused
from pervichka.standard.rulebook import lexicon
from pervichka.standard.rulebook.catalogue import BOUNDS, FACTS, KIND_NAMES, TABLES
from pervichka.standard.rulebook.expressions import (
    MAX_NESTING,
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
    Node,
    Not,
    Type,
)
from pervichka.standard.rulebook.limits import excess
from pervichka.standard.rulebook.typing_rules import TypeRules, Wrong

_COMPARE: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_LOGIC: dict[type[exp.Expr], str] = {exp.And: "and", exp.Or: "or"}
_CONDITIONS = frozenset({*_COMPARE, *_LOGIC, exp.Not, exp.Is, exp.In, exp.Between})
_CALLS: dict[type[exp.Expr], str] = {
    exp.Coalesce: "coalesce",
    exp.Abs: "abs",
    exp.Least: "least",
    exp.Greatest: "greatest",
}


def parse_where(text: str, *, table: str, kinds: Collection[str] | None = ()) -> Node:
    """The checked form of a condition over a table of the catalogue.

    `kinds` are those registered for other systems, known besides the documented ones; none means
    that any kind will do (for a document that was checked when it was published). Raises `Refused`
    with every reason found, without file or line.
    """
    columns = TABLES[table]
    tokens, reasons = lexicon.cut(text)
    if not reasons:
        reasons = list(lexicon.check_words(tokens, columns, table))
    if reasons:
        raise Refused(*_once(reasons))
    try:
        parsed = sqlglot.parse_one(text, dialect="postgres")
    except SqlglotError:
        message = "the condition can't be read as an expression; allowed: {allowed}"
        raise Refused(Reason(message=message, params={"allowed": lexicon.GRAMMAR})) from None
    known = None if kinds is None or table != FACTS else KIND_NAMES | set(kinds)
    builder = _Builder(table, TypeRules(known))
    try:
        node = builder.build(parsed)
        if node.type is not Type.BOOLEAN:
            raise Wrong(
                "the condition is a {type}; it must be true or false, such as a comparison",
                type=node.type.value,
            )
        if why := excess(node):
            raise Wrong("the condition has {excess}; simplify it", excess=why)
    except Wrong as wrong:
        raise Refused(Reason(message=wrong.message, params=wrong.params)) from None
    return node


def _once(reasons: list[Reason]) -> list[Reason]:
    """Reasons without repeats, in order: one unknown name used twice is one mistake."""
    seen: dict[str, Reason] = {}
    for reason in reasons:
        seen.setdefault(str(reason), reason)
    return list(seen.values())


class _Builder:
    """Rebuilds sqlglot's tree as ours; every step asks the typing rules."""

    def __init__(self, table: str, rules: TypeRules) -> None:
        self._columns = TABLES[table]
        self._rules = rules
        self._depth = 0

    def build(self, parsed: exp.Expr) -> Node:
        """One node; raises `Wrong` for what is not allowed."""
        self._depth += 1
        if self._depth > MAX_NESTING:
            message = "the condition nests deeper than {limit} levels; simplify it"
            raise Wrong(message, limit=MAX_NESTING)
        node = self._build(parsed)
        self._depth -= 1
        return node

    def _build(self, parsed: exp.Expr) -> Node:
        kind = type(parsed)
        if kind is exp.Paren:
            return self.build(parsed.this)
        if kind in _COMPARE:
            return self._compare(_COMPARE[kind], parsed)
        if kind in _ARITHMETIC:
            left, right = self.build(parsed.this), self.build(parsed.expression)
            operator = _ARITHMETIC[kind]
            return Arithmetic(operator, left, right, self._rules.arithmetic(operator, left, right))
        if kind in _LOGIC:
            return self._logic(kind, parsed)
        if kind in _CALLS:
            return self._call(_CALLS[kind], parsed)
        return self._other(parsed)

    def _other(self, parsed: exp.Expr) -> Node:
        node: Node
        match parsed:
            case exp.Column():
                node = self._name(parsed)
            case exp.Literal() | exp.Boolean() | exp.Null() | exp.Cast() | exp.Interval():
                node = _literal(parsed)
            case exp.Not():
                node = Not(self._rules.boolean(self.build(parsed.this), "not"))
            case exp.Neg():
                node = Negate(self._rules.number(self.build(parsed.this), "-"), Type.NUMBER)
            case exp.Is():
                node = self._is(parsed)
            case exp.In():
                node = self._in(parsed)
            case exp.Between():
                node = self._between(parsed)
            case _:
                message = "the condition can't be read ({part}); allowed: {allowed}"
                raise Wrong(message, part=parsed.key, allowed=lexicon.GRAMMAR)
        return node

    def _name(self, parsed: exp.Column) -> Node:
        name = parsed.name.lower()
        if name in self._columns and len(parsed.parts) == 1:
            return Column(name, self._columns[name])
        if name in BOUNDS:
            return Bound(name)
        raise Wrong("{name} can't stand here as a name", name=repr(name))

    def _compare(self, operator: str, parsed: exp.Expr) -> Node:
        _apart(parsed.this, parsed.expression)
        left, right = self._rules.compared(
            operator, [self.build(parsed.this), self.build(parsed.expression)]
        )
        return Compare(operator, left, right)

    def _logic(self, kind: type[exp.Expr], parsed: exp.Expr) -> Node:
        # A long chain leans to the left; it is laid flat without going down it.
        operands: list[exp.Expr] = []
        while type(parsed) is kind:
            operands.append(parsed.expression)
            parsed = parsed.this
        operands.append(parsed)
        operator = _LOGIC[kind]
        built = [self._rules.boolean(self.build(part), operator) for part in reversed(operands)]
        return Logic(operator, tuple(built))

    def _call(self, function: str, parsed: exp.Expr) -> Node:
        arguments = [self.build(part) for part in [parsed.this, *parsed.expressions]]
        given, type_ = self._rules.call(function, arguments)
        return Call(function, tuple(given), type_)

    def _is(self, parsed: exp.Is) -> Node:
        if not isinstance(parsed.expression, exp.Null):
            raise Wrong("`is` takes only null: write `is null` or `is not null`")
        _apart(parsed.this)
        node = IsNull(self._rules.nullable(self.build(parsed.this)))
        return Not(node) if parsed.args.get("negate") else node

    def _in(self, parsed: exp.In) -> Node:
        listed = cast("list[exp.Expr]", parsed.args.get("expressions") or [])
        if not listed:
            raise Wrong("`in` needs a list in brackets: in ('…', '…')")
        _apart(parsed.this, *listed)
        operand, *options = self._rules.compared(
            "in", [self.build(parsed.this), *(self.build(option) for option in listed)]
        )
        return In(operand, tuple(options))

    def _between(self, parsed: exp.Between) -> Node:
        parts = [parsed.this, parsed.args["low"], parsed.args["high"]]
        _apart(*parts)
        operand, low, high = self._rules.compared("between", [self.build(part) for part in parts])
        return Between(operand, low, high)


def _apart(*parts: exp.Expr) -> None:
    """Refuse a condition inside a comparison without brackets: engines group those differently."""
    if any(type(part) in _CONDITIONS for part in parts):
        raise Wrong("put the inner condition in brackets; engines differ about which comes first")


def _literal(parsed: exp.Expr) -> Node:
    match parsed:
        case exp.Boolean():
            return Literal(bool(parsed.this), Type.BOOLEAN)
        case exp.Null():
            raise Wrong("null stands only in `is null` and `is not null`")
        case exp.Interval():
            # sqlglot parts the quoted text in two; the lexicon says whether it was right.
            found = lexicon.interval(f"{parsed.name} {parsed.text('unit').lower()}")
            if found is None:
                raise Wrong("write an interval as interval '90 days' or interval '12 months'")
            return Literal(found[1], Type.DAYS if found[0] == "days" else Type.MONTHS)
        case exp.Cast():
            # Only `date '…'` reaches here: no other cast passes the lexicon.
            return Literal(lexicon.day(parsed.this.name), Type.DATE)
    if parsed.is_string:
        return Literal(parsed.name, Type.TEXT)
    return Literal(Decimal(parsed.name), Type.NUMBER)
