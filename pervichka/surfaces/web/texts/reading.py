"""Reading texts: the list of them, and one version in both languages."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.texts.queries import (
    drafts_waiting,
    published_texts,
    version_of,
    versions,
)
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.templatetags.pervichka import text_of
from pervichka.surfaces.web.texts import words


@login_required
@require_safe
def list_(request: PageRequest) -> HttpResponse:
    context = {
        "versions": [
            {"one": one, "basis": words.basis(one.text.basis), "channels": words.channels(one.text)}
            for one in versions()
        ],
        "may_publish": request.actor.may(Permission.PUBLISH_TEXTS),
        "waiting": len(drafts_waiting(request.actor, at=clock.now())),
    }
    return render(request, "texts/list.html", context)


@login_required
@require_safe
def version(request: PageRequest, code: str, version: int) -> HttpResponse:
    found = version_of(code, version)
    if found is None:
        raise Http404
    earlier = words.before(found.text, published_texts())
    context = {
        "one": found,
        "languages": words.in_languages(found.text, earlier),
        "earlier": earlier,
        "basis": words.basis(found.text.basis),
        "aims": words.in_both(found.text.aim),
        "channels": words.channels(found.text),
        "crumbs": [Crumb(_("Texts"), reverse("web:texts"))],
        "here": text_of(found.text.aim),
        "may_propose": found.newest and request.actor.may(Permission.PUBLISH_TEXTS),
    }
    return render(request, "texts/version.html", context)
