"""Versions that wait for a second person, who publishes one or refuses it and says why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.texts.actions import approve_text, refuse_text
from pervichka.register.texts.queries import drafts_waiting, published_texts
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts
from pervichka.surfaces.web.requested import requested_id
from pervichka.surfaces.web.texts import words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.PUBLISH_TEXTS)
    now = clock.now()
    drafts = drafts_waiting(request.actor, at=now)
    errors: list[str] = []
    if request.method == "POST":
        chosen = requested_id(request.POST.get("draft", ""))
        # One decided meanwhile is answered like one that isn't.
        if chosen not in {one.id for one in drafts}:
            raise Http404
        try:
            if request.POST.get("do") == "approve":
                done = approve_text(draft_id=chosen, by=request.actor, at=now)
                messages.success(request, _("You agreed; the text is published."))
                return redirect("web:text-version", done.code, done.version)
            reason = request.POST.get("reason", "")
            refuse_text(draft_id=chosen, reason=reason, by=request.actor, at=now)
            messages.success(request, _("You refused; the text is not published."))
            return redirect("web:texts-waiting")
        except Refused as refused:
            errors = reason_texts(refused)
    published = published_texts()
    context = {
        "drafts": [
            {
                "one": one,
                "languages": words.in_languages(one.text, words.before(one.text, published)),
                "basis": words.basis(one.text.basis),
                "channels": words.channels(one.text),
            }
            for one in drafts
        ],
        "errors": errors,
        "crumbs": [Crumb(_("Texts"), reverse("web:texts"))],
    }
    return render(request, "texts/waiting.html", context, status=422 if errors else 200)
