"""A condition of the standard said in words: `kind = 'event.attended'` → what that kind means."""

from collections.abc import Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from pervichka.standard.rulebook.catalogue import KINDS
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
from pervichka.surfaces.web.templatetags.pervichka import text_of

COLUMNS: Mapping[str, str] = {
    "kind": gettext_noop("kind"),
    "branch": gettext_noop("branch"),
    "person": gettext_noop("person"),
    "occurred_on": gettext_noop("date"),
    "value": gettext_noop("value"),
    "evidence": gettext_noop("evidence"),
    "source": gettext_noop("source"),
    "source_id": gettext_noop("number in the source"),
    "affiliation": gettext_noop("affiliation"),
    "affiliated_on": gettext_noop("day of affiliation"),
    "confirmed_on": gettext_noop("day of the last confirmation"),
    "consented": gettext_noop("consent is in force"),
    "last_contact_on": gettext_noop("day of the last contact"),
    "first_action_on": gettext_noop("day of the first act"),
    "post": gettext_noop("post"),
    "filled": gettext_noop("the post is filled"),
    "term_ends_on": gettext_noop("end of the term"),
    "trained_on": gettext_noop("day of training"),
    "last_active_on": gettext_noop("day of last activity"),
    "level": gettext_noop("level"),
    "voters": gettext_noop("registered voters"),
    "precincts": gettext_noop("precincts"),
    "covered_by": gettext_noop("living branch that covers it"),
    "status": gettext_noop("status"),
    "due_on": gettext_noop("due day"),
    "last_inspected_on": gettext_noop("day of the last inspection"),
    "period_start": gettext_noop("first day of the period"),
    "period_end": gettext_noop("last day of the period"),
}
EVIDENCE: Mapping[str, str] = {
    "self_reported": gettext_noop("reported by the branch"),
    "observed": gettext_noop("seen by the system"),
    "verified": gettext_noop("confirmed by a second party"),
}
AFFILIATIONS: Mapping[str, str] = {
    "contact": gettext_noop("contact"),
    "supporter": gettext_noop("supporter"),
    "activist": gettext_noop("activist"),
    "volunteer": gettext_noop("volunteer"),
    "member": gettext_noop("member"),
}
_OPERATORS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "*": "×", "-": "−"}
_KINDS = {kind.name: kind for kind in KINDS}


def kind_in_words(name: str) -> str:
    """What the kind means, without the remark on its date; its own name if it isn't ours."""
    kind = _KINDS.get(name)
    if kind is None:
        return name
    return text_of(kind.meaning).partition(";")[0]


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
    """The condition as a phrase; what has no phrase of its own stays a formula of words."""
    kinds = kinds_of(node)
    if kinds is not None:
        return " / ".join(_("“%(kind)s”") % {"kind": kind_in_words(name)} for name in kinds)
    match node:
        case Logic(operator=operator, operands=operands):
            joiner = _(" and ") if operator == "and" else _(" or ")
            return joiner.join(in_words(operand) for operand in operands)
        case Not(operand=IsNull(operand=operand)):
            return _("%(what)s is known") % {"what": in_words(operand)}
        case Not(operand=operand):
            return _("not (%(what)s)") % {"what": in_words(operand)}
        case IsNull(operand=operand):
            return _("%(what)s is not known") % {"what": in_words(operand)}
        case _:
            return _comparison(node)


def _comparison(node: Node) -> str:
    match node:
        case Compare(operator=operator, left=left, right=right):
            return f"{_term(left)} {_OPERATORS[operator]} {_term(right)}"
        case Between(operand=operand, low=low, high=high):
            return _("%(what)s from %(low)s to %(high)s") % {
                "what": _term(operand),
                "low": _term(low),
                "high": _term(high),
            }
        case In(operand=operand, options=options):
            listed = ", ".join(_term(option) for option in options)
            return _("%(what)s is one of: %(options)s") % {
                "what": _term(operand),
                "options": listed,
            }
        case _:
            return _term(node)


def _term(node: Node) -> str:
    match node:
        case Column(name=name) | Bound(name=name):
            return _(COLUMNS.get(name, name))
        case Literal():
            return _literal(node)
        case Arithmetic(operator=operator, left=left, right=right):
            return f"{_term(left)} {_OPERATORS.get(operator, operator)} {_term(right)}"
        case Negate(operand=operand):
            return f"−{_term(operand)}"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_term(argument) for argument in arguments)})"
        case _:
            return in_words(node)


def _literal(node: Literal) -> str:
    if node.type is Type.DAYS:
        days = int(str(node.value))
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if node.type is Type.MONTHS:
        months = int(str(node.value))
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    if isinstance(node.value, bool):
        return _("yes") if node.value else _("no")
    if isinstance(node.value, date):
        return str(formats.date_format(node.value))
    value = str(node.value)
    return _(EVIDENCE.get(value) or AFFILIATIONS.get(value) or value)
