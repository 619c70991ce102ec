"""Who holds what, over what, until when; the filters live in the address."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import ROLES, BranchSecretary
from pervichka.register.branches.queries.units import unit_coded
from pervichka.register.posts.kinds import role_label
from pervichka.register.posts.queries import (
    HoldingFilter,
    holdings_of,
    never_signed_in,
    proposals_waiting,
)
from pervichka.surfaces.web.looking import show_holders
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of, size_for
from pervichka.surfaces.web.templatetags.pervichka import number

_NO_POST = ("nobody", "operator")


@login_required
@require_safe
def holdings(request: PageRequest) -> HttpResponse:
    actor = request.actor
    demand(actor, Permission.SEE_ACCESS)
    now = clock.now()
    today = timezone.localdate(now)
    code, role = request.GET.get("branch", ""), request.GET.get("role", "")
    unit = unit_coded(code, actor=actor) if code else None
    never = request.GET.get("signed_in") == "no"
    role = role if role in ROLES and role not in _NO_POST else ""
    narrowed = HoldingFilter(
        within=unit.interval if unit else None, roles=[role] if role else [], never=never
    )
    size = size_for(request)
    rows, total = holdings_of(
        actor, narrowed, on=today, offset=offset_of(request, size), limit=size
    )
    show_holders(request, rows, unit)
    context = {
        "paging": page_of(request, rows, total=total, size=size),
        "unit": unit,
        # A code that names nothing in sight narrows nothing, and the page says so.
        "unknown": code if code and unit is None else "",
        "role": role,
        "never": "no" if never else "",
        "roles": [("", _("Any role")), *_roles()],
        "signed": [("", _("Everybody")), ("no", _("Who has not signed in yet"))],
        "narrowed": bool(unit or role or never),
        "sentence": _sentence(*never_signed_in(actor, on=today)),
        "may_grant": _may_grant(request),
        "may_reset": actor.may(Permission.MANAGE_USERS),
        "has_helpers": actor.role is BranchSecretary,
        "waiting": len(proposals_waiting(actor, at=now)),
    }
    return render(request, "access/list.html", context)


def _roles() -> list[tuple[str, str]]:
    return [(code, role_label(code)) for code in ROLES if code not in _NO_POST]


def _may_grant(request: PageRequest) -> bool:
    """Whether there is anything to grant but a helper's post, which has a page of its own."""
    actor = request.actor
    ordinary = any(not ROLES[code].delegated for code in actor.role.grants)
    return ordinary and actor.may(Permission.CHANGE_POSTS)


def _sentence(never: int, total: int) -> str:
    """12 of 300 holders of a post have not signed in yet."""
    if not total:
        return ""
    if not never:
        return _("Everybody who holds a post here has signed in")
    return ngettext(
        "%(never)s of %(total)s holder of a post has not signed in yet",
        "%(never)s of %(total)s holders of a post have not signed in yet",
        total,
    ) % {"never": number(never), "total": number(total)}
