"""Grants that wait for a second person, who agrees or refuses and says why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.posts.actions import approve_grant, refuse_grant
from pervichka.register.posts.queries import proposals_waiting
from pervichka.surfaces.web.account.fresh import confirmed_first
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts
from pervichka.surfaces.web.requested import requested_id


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: PageRequest) -> HttpResponse:
    now = clock.now()
    proposals = proposals_waiting(request.actor, at=now)
    errors: list[str] = []
    if request.method == "POST":
        chosen = requested_id(request.POST.get("proposal", ""))
        # One out of sight, or decided meanwhile, is answered like one that isn't.
        if chosen not in {one.id for one in proposals}:
            raise Http404
        if asked := confirmed_first(request, reverse("web:access-waiting")):
            return asked
        try:
            if request.POST.get("do") == "approve":
                approve_grant(proposal_id=chosen, by=request.actor, at=now)
                messages.success(request, _("You agreed; the post is held from now on."))
            else:
                reason = request.POST.get("reason", "")
                refuse_grant(proposal_id=chosen, reason=reason, by=request.actor, at=now)
                messages.success(request, _("You refused; nothing was granted."))
            return redirect("web:access-waiting")
        except Refused as refused:
            errors = reason_texts(refused)
    context = {
        "proposals": proposals,
        "errors": errors,
        "crumbs": [Crumb(_("Access"), reverse("web:access"))],
    }
    return render(request, "access/waiting.html", context, status=422 if errors else 200)
