"""A condition of the standard said in words: `kind = 'event.attended'` → what that kind means."""

from django.utils.translation import gettext as _

from pervichka.standard.rulebook.expressions import (
    Between,
    Column,
    Compare,
    In,
    IsNull,
    Literal,
    Logic,
    Node,
    Not,
)
from pervichka.surfaces.web.standards.comparing import bounds, comparison, known, listed, term
from pervichka.surfaces.web.standards.naming import STATES, kind_in_words


def kinds_of(node: Node) -> tuple[str, ...] | None:
    """The kinds that a condition is wholly about; none if it says anything else."""
    match node:
        case Compare(operator="=", left=Column(name="kind"), right=Literal(value=str(name))):
            return (name,)
        case In(operand=Column(name="kind"), options=options):
            names = [one.value for one in options if isinstance(one, Literal)]
            return tuple(str(name) for name in names)
        case _:
            return None


def in_words(node: Node) -> str:
    """The condition as a phrase."""
    kinds = kinds_of(node)
    if kinds is not None:
        return _(" or ").join(_("“%(kind)s”") % {"kind": kind_in_words(name)} for name in kinds)
    match node:
        case Logic(operator=operator, operands=operands):
            joiner = _(" and ") if operator == "and" else _(" or ")
            *first, last = (_part(operand) for operand in operands)
            return joiner.join([", ".join(first), last])
        case Not(operand=operand):
            return _denied(operand)
        case _:
            return _said(node)


def _said(node: Node) -> str:
    match node:
        case IsNull(operand=operand):
            return known(operand, is_known=False)
        case Compare():
            return comparison(node)
        case Between(operand=operand, low=low, high=high):
            return bounds(operand, low, high)
        case In():
            return listed(node)
        case Column(name=name) if name in STATES:
            return _(STATES[name][0])
        case _:
            return term(node)


def _part(node: Node) -> str:
    """An operand of `and` or `or`; one that is joined itself stands in brackets."""
    said = in_words(node)
    return f"({said})" if isinstance(node, Logic) else said


def _denied(node: Node) -> str:
    match node:
        case IsNull(operand=operand):
            return known(operand, is_known=True)
        case Not(operand=operand):
            return in_words(operand)
        case Column(name=name) if name in STATES:
            return _(STATES[name][1])
        case Compare() if kinds_of(node) is None:
            return comparison(node, negated=True)
        case In() if kinds_of(node) is None:
            return listed(node, negated=True)
        case _:
            return _("not (%(what)s)") % {"what": in_words(node)}
