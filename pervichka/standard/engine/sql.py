"""An expression as SQL text, exact on any engine.

A number is written as an integer of its last decimal: `value >= 1.5` over thousandths becomes
`value >= 1500`, and a product's decimals are the sum of its factors'. No binary or decimal
fractions take part, so nothing is ever rounded. A date that leaves the years 1 to 9999 is null.
"""

from datetime import date
from decimal import Decimal

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
    children,
)
from pervichka.standard.rulebook.limits import scale, whole

FIRST_DAY, LAST_DAY = "DATE '0001-01-01'", "DATE '9999-12-31'"


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """A quoted identifier."""
    return '"' + value.replace('"', '""') + '"'


def boolean(node: Node, bounds: dict[str, str]) -> str:
    """The condition as SQL; `bounds` says what stands for `period_start` and `period_end`."""
    return _Writer(bounds).write(node)


class _Writer:
    def __init__(self, bounds: dict[str, str]) -> None:
        self.bounds = bounds

    def write(self, node: Node) -> str:
        match node:
            case Column(name=column):
                return name(column)
            case Bound(name=bound):
                return self.bounds[bound]
            case Literal():
                return _literal(node)
            case Compare(operator=operator):
                left, right = self.alike(children(node))
                return f"({left} {operator} {right})"
            case Arithmetic() | Negate():
                return self.date(node) if node.type is Type.DATE else self.number(node, scale(node))
            case Logic(operator=operator, operands=operands):
                return "(" + f" {operator.upper()} ".join(map(self.write, operands)) + ")"
            case Not(operand=operand):
                return f"(NOT {self.write(operand)})"
            case IsNull(operand=operand):
                return f"({self.write(operand)} IS NULL)"
            case In():
                operand_sql, *options = self.alike(children(node))
                return f"({operand_sql} IN ({', '.join(options)}))"
            case Between():
                operand_sql, low, high = self.alike(children(node))
                return f"({operand_sql} >= {low} AND {operand_sql} <= {high})"
            case Call(function=function, arguments=arguments):
                return f"{function}({', '.join(self.alike(arguments))})"

    def alike(self, nodes: tuple[Node, ...]) -> list[str]:
        """The nodes side by side: numbers all at one scale, anything else as it is."""
        if not any(node.type is Type.NUMBER for node in nodes):
            return [self.write(node) for node in nodes]
        shared = max(scale(node) for node in nodes)
        return [self.number(node, shared) for node in nodes]

    def number(self, node: Node, decimals: int) -> str:
        """A number as an integer of its `decimals`-th decimal."""
        match node:
            case Literal(value=Decimal() as number):
                return str(whole(number, decimals))
            case Literal():
                return _literal(node)
            case Arithmetic(operator="*", left=left, right=right):
                sql = f"({self.wide(left, scale(left))} * {self.wide(right, scale(right))})"
                return _rescaled(sql, decimals - scale(node))
            case Arithmetic(left=left, right=right) if left.type is Type.DATE:
                sql = f"({self.write(left)} - {self.write(right)})"
                return _rescaled(sql, decimals)
            case Arithmetic(operator=operator, left=left, right=right):
                return f"({self.wide(left, decimals)} {operator} {self.wide(right, decimals)})"
            case Negate(operand=operand):
                return f"(-{self.wide(operand, decimals)})"
            case Call(function=function, arguments=arguments):
                parts = ", ".join(self.number(argument, decimals) for argument in arguments)
                return f"{function}({parts})"
            case _:
                return _rescaled(self.write(node), decimals - scale(node))

    def wide(self, node: Node, decimals: int) -> str:
        return f"CAST({self.number(node, decimals)} AS HUGEINT)"

    def date(self, node: Node) -> str:
        """A date plus or minus an interval; months clamp to the month's end."""
        if not isinstance(node, Arithmetic):
            raise TypeError(node)
        day, interval = node.left, node.right
        if day.type in {Type.DAYS, Type.MONTHS}:
            day, interval = interval, day
        count = _interval(interval)
        if interval.type is Type.DAYS:
            moved = f"({self.write(day)} {node.operator} {count})"
        else:
            moved = f"CAST({self.write(day)} {node.operator} INTERVAL '{count}' MONTH AS DATE)"
        return f"(CASE WHEN {moved} BETWEEN {FIRST_DAY} AND {LAST_DAY} THEN {moved} END)"


def _rescaled(sql: str, by: int) -> str:
    return sql if by == 0 else f"(CAST({sql} AS HUGEINT) * {10**by})"


def _interval(node: Node) -> int:
    match node:
        case Literal(value=int(count)):
            return count
        case Negate(operand=operand):
            return -_interval(operand)
    raise TypeError(node)


def _literal(node: Literal) -> str:
    match node.value:
        case None:
            return "NULL"
        case bool(value):
            return "TRUE" if value else "FALSE"
        case str(value):
            return text(value)
        case date() as day:
            return f"DATE '{day.isoformat()}'"
        case number:
            return str(number)
