"""How large the numbers and dates of an expression can grow, so that no engine overflows.

Engines compute with integers of the last decimal (`value * 1.5` in ten-thousandths), which are
exact up to `MAX_DIGITS`; the parser refuses an expression that could need more.
"""

from decimal import Decimal
from fractions import Fraction

from pervichka.standard.rulebook.expressions import (
    COLUMN_DIGITS,
    COLUMN_SCALE,
    MAX_DATE_STEPS,
    MAX_DIGITS,
    MAX_INTERVAL_DAYS,
    MAX_INTERVAL_MONTHS,
    MAX_NESTING,
    Arithmetic,
    Between,
    Call,
    Column,
    Compare,
    In,
    Literal,
    Negate,
    Node,
    Type,
    children,
)


def decimals(number: Decimal) -> int:
    """How many decimals a literal has, zeros at its end left out."""
    # Not `normalize`, which rounds to the context's 28 digits.
    _, figures, exponent = number.as_tuple()
    if not isinstance(exponent, int) or not any(figures):
        return 0
    zeros = 0
    while figures[-1 - zeros] == 0:
        zeros += 1
    return max(0, -(exponent + zeros))


def whole(number: Decimal, scale: int) -> int:
    """The literal as an integer of its `scale`-th decimal, exactly."""
    return int(Fraction(number) * 10**scale)


def scale(node: Node) -> int:
    """The decimals of a number-valued node; 0 for anything else."""
    match node:
        case Column(name=name):
            return COLUMN_SCALE.get(name, 0)
        case Literal(value=Decimal() as number):
            return decimals(number)
        case Arithmetic(operator="*", left=left, right=right):
            return scale(left) + scale(right)
        case Arithmetic(left=left, right=right) if node.type is Type.NUMBER:
            return max(scale(left), scale(right))
        case Negate(operand=operand):
            return scale(operand)
        case Call(arguments=arguments):
            return max(scale(argument) for argument in arguments)
        case _:
            return 0


def digits(node: Node) -> int:
    """The most digits of a number-valued node at its own scale."""
    match node:
        case Column():
            return COLUMN_DIGITS
        case Literal(value=Decimal() as number):
            return len(str(abs(whole(number, decimals(number)))))
        case Arithmetic(operator="*", left=left, right=right):
            return digits(left) + digits(right)
        case Arithmetic() if node.type is Type.NUMBER:
            return _common(children(node)) + 1
        case Negate(operand=operand):
            return digits(operand)
        case Call(arguments=arguments):
            return _common(arguments)
        case _:
            return 0


def excess(node: Node, depth: int = 1) -> str | None:
    """Which limit the expression breaks, as a sentence in English; none where it breaks none."""
    if depth > MAX_NESTING:
        return f"more than {MAX_NESTING} levels of brackets"
    if _widest(node) > MAX_DIGITS:
        return f"a number that may have more than {MAX_DIGITS} digits"
    if _date_steps(node) > MAX_DATE_STEPS:
        return f"more than {MAX_DATE_STEPS} intervals on one date"
    match node:
        case Literal(value=int(count), type=Type.DAYS) if abs(count) > MAX_INTERVAL_DAYS:
            return f"an interval of more than {MAX_INTERVAL_DAYS} days"
        case Literal(value=int(count), type=Type.MONTHS) if abs(count) > MAX_INTERVAL_MONTHS:
            return f"an interval of more than {MAX_INTERVAL_MONTHS} months"
    return next((why for child in children(node) if (why := excess(child, depth + 1))), None)


def _common(nodes: tuple[Node, ...]) -> int:
    """The most digits of any of the nodes once all are written at one scale."""
    shared = max(scale(node) for node in nodes)
    return max(digits(node) + shared - scale(node) for node in nodes)


def _widest(node: Node) -> int:
    if isinstance(node, Compare | In | Between):
        return _common(children(node))
    return digits(node)


def _date_steps(node: Node) -> int:
    if node.type is not Type.DATE:
        return 0
    below = max((_date_steps(child) for child in children(node)), default=0)
    return below + (1 if isinstance(node, Arithmetic) else 0)
