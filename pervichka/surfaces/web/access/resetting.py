"""A second factor is lost: somebody else takes it away, and its owner sets up a new one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.register.accounts.queries import has_factor
from pervichka.register.posts.actions import reset_second_factor
from pervichka.register.posts.queries import user_to_help
from pervichka.surfaces.web.account.fresh import confirmed_first
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: PageRequest, holding_id: UUID) -> HttpResponse:
    now = clock.now()
    user = user_to_help(request.actor, holding_id, at=now)
    if user is None:
        raise Http404
    if asked := confirmed_first(request, request.path):
        return asked
    if request.method == "POST":
        reset_second_factor(user=user, by=request.actor, at=now)
        messages.success(
            request, _("The second factor is taken away, and they are signed out everywhere.")
        )
        return redirect("web:access")
    context = {
        "user_name": user.name,
        "has_factor": has_factor(user),
        "crumbs": [Crumb(_("Access"), reverse("web:access"))],
    }
    return render(request, "access/factor.html", context)
