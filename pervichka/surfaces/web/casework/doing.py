"""What is done to an appeal from its own page: each button names its deed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from pervichka.foundation import clock
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.branches.queries.finding import line_of
from pervichka.surfaces.web.casework.shared import typed_in
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework import actions
from pervichka.work.casework.queries import Appeal

Deed = Callable[[PageRequest, Appeal, datetime], str]


def do(request: PageRequest, appeal: Appeal) -> str:
    """Do it; the sentence that says it is done. Raises `Refused`, `Forbidden`, `Http404`."""
    deed = _DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    return deed(request, appeal, clock.now())


def _register(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    actions.register_appeal(appeal=appeal, by=request.actor, at=at)
    return _("The appeal is registered.")


def _subject(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    subject = request.POST.get("subject", "")
    actions.change_subject(appeal=appeal, subject=subject, by=request.actor, at=at)
    return _("The subject is changed.")


def _assign(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    post = _id(request.POST.get("post", ""))
    actions.assign_appeal(appeal=appeal, post_id=post, by=request.actor, at=at)
    return _("It is written down who sees to it.")


def _forward(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    wanted = _id(request.POST.get("to", ""))
    line = line_of(appeal.branch, on=timezone.localdate(at))
    to = next((branch for branch in line if branch.id == wanted), None)
    if to is None:
        raise Refused(Reason(message="choose the branch", column="to"))
    reason = typed_in(request, ("reason",))["reason"]
    actions.forward_appeal(appeal=appeal, to=to, reason=reason, by=request.actor, at=at)
    return _("It is handed over, and its deadline stays.")


def _take_over(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    reason = typed_in(request, ("reason",))["reason"]
    actions.take_over(appeal=appeal, reason=reason, by=request.actor, at=at)
    return _("It is with your branch now.")


def _extend(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    typed = typed_in(request, ("days", "reason"))
    days = int(typed["days"]) if typed["days"].isascii() and typed["days"].isdigit() else 0
    actions.extend_appeal(appeal=appeal, days=days, reason=typed["reason"], by=request.actor, at=at)
    return _("The deadline is moved; the applicant can read why.")


def _note(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    text = typed_in(request, ("text",))["text"]
    actions.add_note(appeal=appeal, text=text, by=request.actor, at=at)
    return _("The note is kept. The applicant does not see it.")


def _solved(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    told = typed_in(request, ("told",))["told"]
    actions.record_solved(appeal=appeal, told=told, by=request.actor, at=at)
    return _("It is closed on your word. It counts as confirmed once the applicant says so.")


def _reopened(request: PageRequest, appeal: Appeal, at: datetime) -> str:
    why = typed_in(request, ("why",))["why"]
    actions.record_reopened(appeal=appeal, why=why, by=request.actor, at=at)
    return _("The appeal is open again, and a new deadline runs.")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_DEEDS: Mapping[str, Deed] = {
    "register": _register,
    "subject": _subject,
    "assign": _assign,
    "forward": _forward,
    "take-over": _take_over,
    "extend": _extend,
    "note": _note,
    "solved": _solved,
    "reopened": _reopened,
}
