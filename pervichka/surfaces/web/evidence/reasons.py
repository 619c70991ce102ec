"""Why rows did not count: how many for each reason."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from pervichka.standard.engine.explain import MissGroup
from pervichka.surfaces.web.templatetags.pervichka import number

_FELL_SHORT = gettext_noop("fell short: %(rows)s")
_REASONS = {
    "not_in_numerator": gettext_noop("nothing that counts answers them: %(rows)s"),
    "too_few": gettext_noop("fewer times than needed: %(rows)s"),
    "no_value": gettext_noop("not filled in: %(rows)s"),
    "evidence_too_low": gettext_noop("not proved well enough: %(rows)s"),
    "outside_dates": gettext_noop("outside the dates: %(rows)s"),
}


def reason_lines(groups: Sequence[MissGroup]) -> list[str]:
    """Fell short: 25 branches; outside the dates: 412 records. In the order of the rows."""
    return [_reason(group) % {"rows": _rows(group)} for group in groups]


def _reason(group: MissGroup) -> str:
    text = _FELL_SHORT if group.table == "branches" else _REASONS[group.code]
    return _(text)


def _rows(group: MissGroup) -> str:
    match group.table:
        case "branches":
            words = ngettext("%(count)s branch", "%(count)s branches", group.rows)
        case "people":
            words = ngettext("%(count)s person", "%(count)s people", group.rows)
        case _:
            words = ngettext("%(count)s record", "%(count)s records", group.rows)
    return words % {"count": number(group.rows)}
