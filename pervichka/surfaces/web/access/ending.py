"""Ending a term: asked once more, then at once."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.roles import BranchSecretary
from pervichka.register.posts.actions import end_term
from pervichka.register.posts.queries import holding_of, holding_to_end
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.looking import show_holders
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PageRequest, holding_id: UUID) -> HttpResponse:
    now = clock.now()
    today = timezone.localdate(now)
    shown = holding_of(request.actor, holding_id, on=today)
    if shown is None or not shown.may_end:
        raise Http404
    errors: list[str] = []
    if request.method == "POST":
        holding = holding_to_end(request.actor, holding_id, on=today)
        if holding is None:
            raise Http404
        try:
            end_term(holding=holding, on=today, by=request.actor, at=now)
        except Refused as refused:
            errors = reason_texts(refused)
        else:
            messages.success(request, _("The term has ended; the rights are gone at once."))
            own = request.actor.role is BranchSecretary
            return redirect("web:access-helpers" if own else "web:access")
    show_holders(request, [shown])
    context = {
        "holding": shown,
        "errors": errors,
        "crumbs": [Crumb(_("Access"), reverse("web:access"))],
    }
    return render(request, "access/end.html", context, status=422 if errors else 200)
