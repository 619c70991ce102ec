"""A secretary's helpers: who helps until when, and one more with a sign-in of their own."""

import secrets
from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.roles import BranchSecretary
from pervichka.register.posts.actions import appoint_helper
from pervichka.register.posts.kinds import role_about
from pervichka.register.posts.queries import Holding, helpers_of, own_term_ends_on
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.looking import show_holders
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts

_AT_FIRST = timedelta(days=180)
_PASSWORD_BYTES = 9


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("password")
def helpers(request: PageRequest) -> HttpResponse:
    """The password is drawn here and shown once; only its hash is kept."""
    actor = request.actor
    if actor.role is not BranchSecretary:
        raise Http404
    now = clock.now()
    today = timezone.localdate(now)
    own_end = own_term_ends_on(actor, on=today)
    ends = min(today + _AT_FIRST, own_end) if own_end else today + _AT_FIRST
    errors: list[str] = []
    made, password = "", ""
    typed = ends.isoformat()
    if request.method == "POST":
        typed = request.POST.get("ends", "")
        try:
            day = forms.DateField().clean(typed)
            password = secrets.token_urlsafe(_PASSWORD_BYTES)
            helping = appoint_helper(
                language="en" if (get_language() or "ru").startswith("en") else "ru",
                password=password,
                starts_on=today,
                term_ends_on=day,
                by=actor,
                at=now,
            )
            made = "" if helping.user is None else helping.user.name
        except forms.ValidationError:
            errors = [_("Choose the last day of help")]
        except Refused as refused:
            errors = reason_texts(refused)
    found: list[Holding] = list(helpers_of(actor, on=today))
    show_holders(request, found)
    context = {
        "helpers": found,
        "errors": errors,
        "ends": typed,
        "made": made,
        "password": password if made else "",
        "about": role_about("secretary_helper"),
        "crumbs": [Crumb(_("Access"), reverse("web:access"))],
    }
    return render(request, "access/helpers.html", context, status=422 if errors else 200)
