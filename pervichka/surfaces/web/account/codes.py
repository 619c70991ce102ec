"""Signing in by a code that comes by e-mail, where the server can send any."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts import actions
from pervichka.surfaces.web.account import session
from pervichka.surfaces.web.account.entering import METHODS, enter, later_page, next_address
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts

_ASKED = "sign_in_code"


@sensitive_post_parameters("email")
@require_http_methods(METHODS)
def ask(request: PageRequest) -> HttpResponse:
    """Whether anyone has the address, the answer is the same."""
    if not settings.EMAIL_HOST:
        raise Http404
    context: dict[str, object] = {
        "email": request.POST.get("email", ""),
        "next": next_address(request),
    }
    if request.method != "POST":
        return render(request, "account/code_ask.html", context)
    try:
        code_id = actions.ask_code(
            email=request.POST.get("email", ""),
            language="en" if (get_language() or "ru").startswith("en") else "ru",
            address=session.address_of(request),
            at=clock.now(),
        )
    except actions.TryLater as later:
        return later_page(request, "account/code_ask.html", context, later)
    except Refused as refused:
        context["error"] = " ".join(reason_texts(refused))
        return render(request, "account/code_ask.html", context, status=422)
    # In this browser alone it opens.
    request.session[_ASKED] = [str(code_id), next_address(request)]
    return redirect("web:code-enter")


@sensitive_post_parameters("code")
@require_http_methods(METHODS)
def use(request: PageRequest) -> HttpResponse:
    asked = request.session.get(_ASKED)
    if asked is None:
        return redirect("web:code-ask")
    if request.method != "POST":
        return render(request, "account/code_enter.html")
    at = clock.now()
    try:
        user = actions.use_code_sent(
            code_id=UUID(asked[0]), digits=request.POST.get("code", ""), at=at
        )
    except Refused as refused:
        context = {"error": " ".join(reason_texts(refused))}
        return render(request, "account/code_enter.html", context, status=422)
    del request.session[_ASKED]
    return enter(request, user, session.CODE, asked[1], at=at)
