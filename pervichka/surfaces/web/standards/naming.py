"""What a standard's columns, kinds and values are called on pages."""

from collections.abc import Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from pervichka.standard.rulebook.catalogue import KINDS
from pervichka.standard.rulebook.expressions import Literal, Type
from pervichka.surfaces.web.templatetags.pervichka import amount, text_of

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
    "candidate": gettext_noop("candidate for membership"),
    "member": gettext_noop("member"),
}
LEVEL: Mapping[str, str] = {
    "federal": gettext_noop("headquarters"),
    "regional": gettext_noop("regional branch"),
    "local": gettext_noop("local branch"),
    "primary": gettext_noop("primary branch"),
}
# Days as they stand after "before" and "after": in Russian, in the genitive.
DAYS: Mapping[str, str] = {
    "occurred_on": gettext_noop("the day of the record"),
    "affiliated_on": gettext_noop("the day of affiliation"),
    "confirmed_on": gettext_noop("the day of the last confirmation"),
    "last_contact_on": gettext_noop("the day of the last contact"),
    "first_action_on": gettext_noop("the day of the first act"),
    "term_ends_on": gettext_noop("the end of the term"),
    "trained_on": gettext_noop("the day of training"),
    "last_active_on": gettext_noop("the day of last activity"),
    "due_on": gettext_noop("the due day"),
    "last_inspected_on": gettext_noop("the day of the last inspection"),
    "period_start": gettext_noop("the first day of the period"),
    "period_end": gettext_noop("the last day of the period"),
}
# What holds where a column is true, or known; and what where it is not.
STATES: Mapping[str, tuple[str, str]] = {
    "consented": (gettext_noop("consent is in force"), gettext_noop("no consent is in force")),
    "filled": (gettext_noop("the post is filled"), gettext_noop("the post is vacant")),
    "covered_by": (
        gettext_noop("a living branch covers it"),
        gettext_noop("no living branch covers it"),
    ),
    "person": (gettext_noop("it names a person"), gettext_noop("it names no person")),
}
_KINDS = {kind.name: kind for kind in KINDS}


def kind_in_words(name: str) -> str:
    """What the kind means, without the remark on its date; its own name if it isn't ours."""
    kind = _KINDS.get(name)
    if kind is None:
        return name
    return text_of(kind.meaning).partition(";")[0]


def column_in_words(name: str) -> str:
    return _(COLUMNS.get(name, name))


def literal_in_words(node: Literal) -> str:
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
    if node.type is Type.NUMBER:
        return amount(float(str(node.value)))
    value = str(node.value)
    return _(EVIDENCE.get(value) or AFFILIATIONS.get(value) or LEVEL.get(value) or value)
