"""A comparison of a standard's condition as a phrase: how one value stands to another.

The column comes first in its plain form, then how it stands; so that no language must
bend the column's name.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from pervichka.standard.rulebook.expressions import (
    Arithmetic,
    Bound,
    Call,
    Column,
    Compare,
    In,
    Literal,
    Negate,
    Node,
    Type,
)
from pervichka.surfaces.web.standards.naming import (
    DAYS,
    STATES,
    column_in_words,
    literal_in_words,
)

_SIGNS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "*": "×", "-": "−"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}
# How a day stands to another day, to one so long before it, and to one so long after it.
_TO_A_DAY: Mapping[str, tuple[str, str, str]] = {
    "<": (
        gettext_noop("before %(day)s"),
        gettext_noop("earlier than %(span)s before %(day)s"),
        gettext_noop("earlier than %(span)s after %(day)s"),
    ),
    "<=": (
        gettext_noop("no later than %(day)s"),
        gettext_noop("no later than %(span)s before %(day)s"),
        gettext_noop("no later than %(span)s after %(day)s"),
    ),
    ">": (
        gettext_noop("after %(day)s"),
        gettext_noop("later than %(span)s before %(day)s"),
        gettext_noop("later than %(span)s after %(day)s"),
    ),
    ">=": (
        gettext_noop("no earlier than %(day)s"),
        gettext_noop("no earlier than %(span)s before %(day)s"),
        gettext_noop("no earlier than %(span)s after %(day)s"),
    ),
    "=": (
        gettext_noop("the same as %(day)s"),
        gettext_noop("exactly %(span)s before %(day)s"),
        gettext_noop("exactly %(span)s after %(day)s"),
    ),
    "<>": (
        gettext_noop("other than %(day)s"),
        gettext_noop("not exactly %(span)s before %(day)s"),
        gettext_noop("not exactly %(span)s after %(day)s"),
    ),
}
_TO_A_NUMBER: Mapping[str, str] = {
    "<": gettext_noop("less than %(number)s"),
    "<=": gettext_noop("at most %(number)s"),
    ">": gettext_noop("more than %(number)s"),
    ">=": gettext_noop("at least %(number)s"),
    "=": gettext_noop("exactly %(number)s"),
    "<>": gettext_noop("not %(number)s"),
}


def comparison(node: Compare, *, negated: bool = False) -> str:
    """How the two sides stand; with `negated`, how they stand where the condition fails."""
    operator = _OPPOSITE[node.operator] if negated else node.operator
    left, right = node.left, node.right
    if isinstance(right, Column) and not isinstance(left, Column):
        left, right, operator = right, left, _TURNED[operator]
    if isinstance(left, Column) and left.name in STATES and isinstance(right, Literal):
        state = _state(left.name, right, operator)
        if state is not None:
            return state
    relation = _relation(operator, left, right)
    if relation is None:
        return f"{term(left)} {_SIGNS[operator]} {term(right)}"
    return _("%(what)s is %(how)s") % {"what": term(left), "how": relation}


def bounds(operand: Node, low: Node, high: Node) -> str:
    """From one value to another, both of them included."""
    parts = [_relation(">=", operand, low), _relation("<=", operand, high)]
    if None in parts:
        return _("%(what)s from %(low)s to %(high)s") % {
            "what": term(operand),
            "low": term(low),
            "high": term(high),
        }
    how = _(" and ").join(str(part) for part in parts)
    return _("%(what)s is %(how)s") % {"what": term(operand), "how": how}


def listed(node: In, *, negated: bool = False) -> str:
    """One of several values, or none of them."""
    message = (
        _("%(what)s is none of: %(options)s") if negated else _("%(what)s is one of: %(options)s")
    )
    options = ", ".join(_quoted(option) for option in node.options)
    return message % {"what": term(node.operand), "options": options}


def known(node: Node, *, is_known: bool) -> str:
    if isinstance(node, Column) and node.name in STATES:
        return _(STATES[node.name][0 if is_known else 1])
    said = {"what": term(node)}
    if node.type is Type.DATE:
        # Apart from other columns: in Russian every day is of one gender.
        unknown = pgettext("a day", "%(what)s is not known")
        return (pgettext("a day", "%(what)s is known") if is_known else unknown) % said
    return (_("%(what)s is known") if is_known else _("%(what)s is not known")) % said


def term(node: Node) -> str:
    """A value; what has no phrase of its own is a formula of words."""
    match node:
        case Column(name=name) | Bound(name=name):
            return column_in_words(name)
        case Literal():
            return literal_in_words(node)
        case Arithmetic(operator="-", left=left, right=right) if left.type is Type.DATE and (
            right.type is Type.DATE
        ):
            days = {"first": _day(right), "last": _day(left)}
            return _("days from %(first)s to %(last)s") % days
        case Arithmetic(operator=operator, left=left, right=right):
            return f"{term(left)} {_SIGNS.get(operator, operator)} {term(right)}"
        case Negate(operand=operand):
            return f"−{term(operand)}"
        case Call(function=function, arguments=arguments):
            return _call(function, [term(argument) for argument in arguments])
        case _:
            return ""


def _call(function: str, arguments: list[str]) -> str:
    if function == "coalesce":
        return _(", or where it is not known ").join(arguments)
    message = {
        "abs": _("%(what)s without its sign"),
        "least": _("the least of %(what)s"),
        "greatest": _("the greatest of %(what)s"),
    }[function]
    return message % {"what": ", ".join(arguments)}


def _state(name: str, value: Literal, operator: str) -> str | None:
    if not isinstance(value.value, bool) or operator not in {"=", "<>"}:
        return None
    return _(STATES[name][0 if value.value == (operator == "=") else 1])


def _relation(operator: str, left: Node, right: Node) -> str | None:
    """How a value stands to another, without the value; none where there is no phrase for it."""
    if left.type is Type.DATE:
        return _to_a_day(operator, right)
    if left.type is Type.NUMBER and isinstance(right, Literal):
        number = literal_in_words(right)
        if isinstance(left, Arithmetic) and left.left.type is Type.DATE:
            days = int(float(str(right.value)))
            number = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
        return _(_TO_A_NUMBER[operator]) % {"number": number}
    if operator in {"=", "<>"} and isinstance(right, Literal):
        return _quoted(right) if operator == "=" else _("not %(what)s") % {"what": _quoted(right)}
    return None


def _to_a_day(operator: str, right: Node) -> str | None:
    to_it, before, after = _TO_A_DAY[operator]
    if isinstance(right, Arithmetic) and right.type is Type.DATE:
        day, span = right.left, right.right
        if day.type is not Type.DATE:
            day, span = span, day
        if not _has_a_name(day) or not isinstance(span, Literal):
            return None
        message = before if right.operator == "-" else after
        return _(message) % {"day": _day(day), "span": literal_in_words(span)}
    return _(to_it) % {"day": _day(right)} if _has_a_name(right) else None


def _has_a_name(node: Node) -> bool:
    return isinstance(node, Literal | Column | Bound)


def _day(node: Node) -> str:
    if isinstance(node, Column | Bound) and node.name in DAYS:
        return _(DAYS[node.name])
    return term(node)


def _quoted(node: Node) -> str:
    return _("“%(what)s”") % {"what": term(node)}
