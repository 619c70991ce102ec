"""The checked form of a `where`: what the parser yields, the compiler writes, the referee reads.

Types are decided here once, so that one text means the same on every engine: numbers are exact
decimals, dates are days, months are clamped to a month's end, and null follows SQL's three values.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Type(StrEnum):
    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    DAYS = "interval of days"
    MONTHS = "interval of months"
    EVIDENCE = "evidence"
    NULL = "null"


@dataclass(frozen=True)
class Column:
    """A column of the table the expression stands over."""

    name: str
    type: Type


@dataclass(frozen=True)
class Bound:
    """`period_start` or `period_end`."""

    name: str
    type: Type = Type.DATE


@dataclass(frozen=True)
class Literal:
    """A number, a string, a date, true/false, or an interval (its count of days or months)."""

    value: Decimal | str | date | bool | int | None
    type: Type


@dataclass(frozen=True)
class Compare:
    """`left operator right`, operator one of `= <> < <= > >=`."""

    operator: str
    left: "Node"
    right: "Node"
    type: Type = Type.BOOLEAN


@dataclass(frozen=True)
class Arithmetic:
    """`left operator right`, operator one of `+ - *`; a date minus a date is a number of days."""

    operator: str
    left: "Node"
    right: "Node"
    type: Type


@dataclass(frozen=True)
class Negate:
    """Unary minus."""

    operand: "Node"
    type: Type


@dataclass(frozen=True)
class Logic:
    """`and` or `or` over two or more operands."""

    operator: str
    operands: tuple["Node", ...]
    type: Type = Type.BOOLEAN


@dataclass(frozen=True)
class Not:
    operand: "Node"
    type: Type = Type.BOOLEAN


@dataclass(frozen=True)
class IsNull:
    operand: "Node"
    type: Type = Type.BOOLEAN


@dataclass(frozen=True)
class In:
    operand: "Node"
    options: tuple["Node", ...]
    type: Type = Type.BOOLEAN


@dataclass(frozen=True)
class Between:
    operand: "Node"
    low: "Node"
    high: "Node"
    type: Type = Type.BOOLEAN


@dataclass(frozen=True)
class Call:
    """`coalesce`, `abs`, `least` or `greatest`; the last two skip nulls, as SQL engines do."""

    function: str
    arguments: tuple["Node", ...]
    type: Type


Node = (
    Column | Bound | Literal | Compare | Arithmetic | Negate | Logic | Not | IsNull | In | Between
    | Call
)  # fmt: skip

# Limits within which every engine is exact; `limits.py` measures them and the parser refuses more.
MAX_DIGITS = 38  # of any intermediate number, written as an integer of its last decimal
MAX_DATE_STEPS = 4  # intervals added to or taken from one date, one after another
MAX_INTERVAL_DAYS = 36_600  # of an interval and of a window alike: about a century
MAX_INTERVAL_MONTHS = 1_200
MAX_NESTING = 40
COLUMN_DIGITS = 15  # a stored number: thousandths of a fact's value, voters, precincts
COLUMN_SCALE = {"value": 3}  # decimals of a column; the others are whole


def children(node: Node) -> tuple[Node, ...]:
    """The operands of a node, from left to right."""
    match node:
        case Compare() | Arithmetic():
            return (node.left, node.right)
        case Negate() | Not() | IsNull():
            return (node.operand,)
        case Logic():
            return node.operands
        case In():
            return (node.operand, *node.options)
        case Between():
            return (node.operand, node.low, node.high)
        case Call():
            return node.arguments
        case _:
            return ()
