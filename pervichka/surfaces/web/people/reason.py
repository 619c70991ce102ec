"""Why a name is to be opened from above the person's branch: asked once, then the page opens."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.people.actions import open_name
from pervichka.register.people.queries import quick_reasons
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts


def ask_reason(
    request: PageRequest, person_id: UUID, *, crumbs: Sequence[Crumb] = (), back: str = ""
) -> HttpResponse:
    """The form, and on a good reason the person's page. Names nobody: the reason comes first."""
    words, quick = request.POST.get("words", ""), request.POST.get("quick", "")
    errors: list[str] = []
    if request.method == "POST":
        try:
            opened = open_name(
                person_id=person_id, reason=words.strip() or quick, by=request.actor, at=clock.now()
            )
        except Refused as refused:
            errors = reason_texts(refused)
        else:
            if opened is None:
                raise Http404
            return redirect("web:person", opened.id)
    context = {
        "crumbs": crumbs,
        "back": back,
        "quick": quick_reasons(),
        "chosen": quick,
        "words": words,
        "errors": errors,
    }
    return render(request, "people/reason.html", context, status=422 if errors else 200)
