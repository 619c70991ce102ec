"""A link to one's own data: asked for by anyone, opened once."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts import actions
from pervichka.surfaces.web.account.entering import METHODS, later_page
from pervichka.surfaces.web.account.session import address_of
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.own import standing
from pervichka.surfaces.web.refusals import reason_texts


@sensitive_post_parameters("reached_at")
@require_http_methods(METHODS)
def ask(request: PageRequest) -> HttpResponse:
    """The same answer whether or not the organisation knows the number or address."""
    at = clock.now()
    if request.method != "POST":
        if standing.present(request, at=at) is not None:
            return redirect("web:own-data")
        return render(request, "own/ask.html", {"errors": []})
    try:
        actions.ask_for_link(
            text=request.POST.get("reached_at", ""),
            site=request.build_absolute_uri("/").rstrip("/"),
            language=get_language() or "ru",
            address=address_of(request),
            at=at,
        )
    except actions.TryLater as later:
        return later_page(request, "own/ask.html", {"errors": []}, later)
    except Refused as refused:
        context = {"errors": reason_texts(refused), "typed": request.POST.get("reached_at", "")}
        return render(request, "own/ask.html", context, status=422)
    return standing.private(render(request, "own/asked.html"))


@require_http_methods(METHODS)
def open_link(request: PageRequest, token: str) -> HttpResponse:
    """A look uses nothing up, since phones and letter-boxes look ahead; the button does."""
    at = clock.now()
    if request.method == "POST":
        try:
            person_id = actions.use_own_link(token=token, at=at)
        except Refused:
            return standing.private(render(request, "own/link.html", status=404))
        standing.begin(request, person_id, at=at)
        return standing.private(redirect("web:own-data"))
    opens = actions.knows_own_link(token, at=at)
    page = render(request, "own/link.html", {"opens": opens}, status=200 if opens else 404)
    return standing.private(page)


@require_POST
def leave(request: PageRequest) -> HttpResponse:
    standing.end(request)
    return standing.private(redirect("web:own-ask"))
