"""What an expression means, row by row, in plain Python: the referee's half of the rule language.

Null is `None` and follows SQL's three values; numbers are exact fractions.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

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
    Node,
    Not,
    Type,
)

Value = Fraction | str | date | bool | None
Row = Mapping[str, Value]
LiteralValue = Decimal | str | date | bool | int | None


def holds(node: Node, row: Row, bounds: Mapping[str, date]) -> bool:
    """Whether a row meets the condition; null is not met."""
    return meaning(node, row, bounds) is True


def meaning(node: Node, row: Row, bounds: Mapping[str, date]) -> Value:
    """The value of an expression over one row."""

    def of(operand: Node) -> Value:
        return meaning(operand, row, bounds)

    match node:
        case Column(name=name):
            return row[name]
        case Bound(name=name):
            return bounds[name]
        case Literal(value=value):
            return exact(value)
        case Compare(operator=operator, left=left, right=right):
            return compare(operator, of(left), of(right))
        case Arithmetic():
            return arithmetic(node, of)
        case Negate(operand=operand):
            number = of(operand)
            return None if number is None else -_number(number)
        case Logic(operator="and", operands=operands):
            return conjunction([of(operand) for operand in operands])
        case Logic(operands=operands):
            return negation(conjunction([negation(of(operand)) for operand in operands]))
        case Not(operand=operand):
            return negation(of(operand))
        case IsNull(operand=operand):
            return of(operand) is None
        case In(operand=operand, options=options):
            same = [compare("=", of(operand), of(option)) for option in options]
            return negation(conjunction([negation(one) for one in same]))
        case Between(operand=operand, low=low, high=high):
            at_least, at_most = (
                compare(">=", of(operand), of(low)),
                compare("<=", of(operand), of(high)),
            )
            return conjunction([at_least, at_most])
        case Call(function=function, arguments=arguments):
            return call(function, [of(argument) for argument in arguments])


def exact(value: LiteralValue) -> Value:
    """A literal's value, a number as a fraction."""
    if isinstance(value, bool | str | date) or value is None:
        return value
    return Fraction(value)


def compare(operator: str, left: Value, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    below, same = left < right, left == right  # type: ignore[operator]  # both of one type
    return {
        "=": same,
        "<>": not same,
        "<": below,
        "<=": below or same,
        ">": not below and not same,
        ">=": not below,
    }[operator]


def conjunction(values: Sequence[Value]) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def negation(value: Value) -> bool | None:
    return None if value is None else not value


def arithmetic(node: Arithmetic, of: Callable[[Node], Value]) -> Value:
    left, right = of(node.left), of(node.right)
    if left is None or right is None:
        return None
    if node.type is Type.DATE:
        if isinstance(right, date):
            return moved(right, node.left.type, _number(left))
        steps = _number(right)
        return moved(left, node.right.type, steps if node.operator == "+" else -steps)
    if isinstance(left, date) and isinstance(right, date):
        return Fraction((left - right).days)
    if node.operator == "+":
        return _number(left) + _number(right)
    if node.operator == "-":
        return _number(left) - _number(right)
    return _number(left) * _number(right)


def moved(day: Value, unit: Type, count: Fraction) -> date | None:
    """The date so many days or months later; null outside the calendar's years 1 to 9999."""
    if not isinstance(day, date):
        raise TypeError(day)
    try:
        if unit is Type.DAYS:
            return day + timedelta(days=int(count))
        year, month = divmod(day.year * 12 + day.month - 1 + int(count), 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def call(function: str, arguments: Sequence[Value]) -> Value:
    known = [argument for argument in arguments if argument is not None]
    if not known:
        return None
    if function == "coalesce":
        return known[0]
    if function == "abs":
        return abs(_number(known[0]))
    return min(known) if function == "least" else max(known)


def _number(value: Value) -> Fraction:
    if not isinstance(value, Fraction):
        raise TypeError(value)
    return value
