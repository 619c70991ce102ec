"""What one indicator reads: of a nation's records a page about one number needs a small part."""

from pervichka.standard.engine.compile import Wanted, denominator, numerator
from pervichka.standard.rulebook.document import Indicator, ShareOf
from pervichka.standard.rulebook.expressions import Column, Compare, In, Literal, Logic, Node
from pervichka.standard.rulebook.where import parse_where


def tables_read(indicator: Indicator) -> frozenset[str]:
    """The tables whose rows it counts; branches, too, where it is a share of them."""
    tables = {wanted.aggregate.table for wanted in _counted(indicator)}
    return frozenset(tables | ({"branches"} if isinstance(indicator.measure, ShareOf) else set()))


def kinds_read(indicator: Indicator) -> frozenset[str] | None:
    """The kinds of facts that it can count or miss; None where its conditions leave them open."""
    kinds: frozenset[str] = frozenset()
    for wanted in _counted(indicator):
        aggregate = wanted.aggregate
        if aggregate.table != "facts":
            continue
        if aggregate.where is None:
            return None
        named = _kinds(parse_where(aggregate.where, table="facts", kinds=None))
        if named is None:
            return None
        kinds |= named
    return kinds


def _counted(indicator: Indicator) -> list[Wanted]:
    below = denominator(indicator)
    return [numerator(indicator), *([] if below is None else [below])]


def _kinds(node: Node) -> frozenset[str] | None:
    """The kinds of the rows that meet a condition, where it names them."""
    match node:
        case Compare("=", Column("kind"), Literal(str(kind))) | Compare(
            "=", Literal(str(kind)), Column("kind")
        ):
            return frozenset({kind})
        case In(Column("kind"), options):
            named = [
                option.value
                for option in options
                if isinstance(option, Literal) and isinstance(option.value, str)
            ]
            return frozenset(named) if len(named) == len(options) else None
        case Logic(operator, operands):
            known = [kinds for operand in operands if (kinds := _kinds(operand)) is not None]
            if operator == "and":
                return frozenset.intersection(*known) if known else None
            return frozenset.union(*known) if len(known) == len(operands) else None
    return None
