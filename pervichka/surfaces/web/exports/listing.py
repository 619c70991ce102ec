"""Exports: how each stands, the second person's word, and the download."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.disclosure.actions import approve_export, download_export, refuse_export
from pervichka.register.disclosure.queries import (
    ExportRow,
    budget_of,
    export_of,
    exports_of,
    exports_to_decide,
    may_ask,
)
from pervichka.surfaces.web.account.entering import to_confirm
from pervichka.surfaces.web.account.fresh import needs_confirming
from pervichka.surfaces.web.exports import words
from pervichka.surfaces.web.files import FORMS
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of, size_for
from pervichka.surfaces.web.refusals import reason_texts
from pervichka.surfaces.web.requested import requested_id


@dataclass(frozen=True)
class Line:
    """An export in words; `row` says what can be done with it."""

    row: ExportRow
    state: words.Tag
    outcome: str
    purpose: str
    who: str
    columns: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: PageRequest) -> HttpResponse:
    errors: list[str] = []
    if request.method == "POST":
        # Whoever lets a list out shows once more that it is them.
        if needs_confirming(request):
            return to_confirm(reverse("web:exports"))
        try:
            return _decided(request)
        except Refused as refused:
            errors = reason_texts(refused)
    now = clock.now()
    actor = request.actor
    size = size_for(request)
    rows, total = exports_of(actor, at=now, offset=offset_of(request, size), limit=size)
    context = {
        "paging": page_of(request, [_line(row) for row in rows], total=total, size=size),
        "errors": errors,
        "may_ask": may_ask(actor),
        "may_call": actor.may(Permission.SEE_PEOPLE) and actor.branch_id is not None,
        "may_raise": actor.may(Permission.RAISE_BUDGETS),
        "waiting": exports_to_decide(actor, at=now),
        "budget": budget_of(actor, at=now) if actor.may(Permission.SEE_PEOPLE) else None,
    }
    return render(request, "exports/list.html", context, status=422 if errors else 200)


@login_required
@require_POST
def file(request: PageRequest, export_id: UUID) -> HttpResponse:
    """The file, for whoever asked for it; the download is journalled."""
    found = download_export(export_id=export_id, by=request.actor, at=clock.now())
    if found is None:
        raise Http404
    response = HttpResponse(found.content, content_type=FORMS[found.form])
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _decided(request: PageRequest) -> HttpResponse:
    now = clock.now()
    chosen = requested_id(request.POST.get("export", ""))
    # One out of sight is answered like one that isn't.
    if export_of(request.actor, chosen, at=now) is None:
        raise Http404
    if request.POST.get("do") == "approve":
        approve_export(export_id=chosen, by=request.actor, at=now)
        messages.success(request, _("You agreed; the file is being made."))
    else:
        reason = request.POST.get("reason", "")
        refuse_export(export_id=chosen, reason=reason, by=request.actor, at=now)
        messages.success(request, _("You refused; no file is made."))
    return redirect("web:exports")


def _line(row: ExportRow) -> Line:
    return Line(
        row=row,
        state=words.state_tag(row),
        outcome=words.outcome(row),
        purpose=words.purpose_title(row.purpose),
        who=words.affiliation_text(row.affiliation),
        columns=words.columns_text(row.columns),
    )
