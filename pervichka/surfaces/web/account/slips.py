"""Signing in with a printed slip, and what is asked at the first sign-in."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts import actions, queries
from pervichka.surfaces.web.account import session
from pervichka.surfaces.web.account.entering import METHODS, enter, later_page
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts


@sensitive_post_parameters("digits")
@require_http_methods(METHODS)
def type_slip(request: PageRequest) -> HttpResponse:
    """For those who type: the slip's number and its eight digits."""
    if request.method != "POST":
        return render(request, "account/slip_enter.html")
    at = clock.now()
    context: dict[str, object] = {"number": request.POST.get("number", "")}
    try:
        user, language = actions.use_slip_by_digits(
            number=request.POST.get("number", ""),
            digits=request.POST.get("digits", ""),
            address=session.address_of(request),
            at=at,
        )
    except actions.TryLater as later:
        return later_page(request, "account/slip_enter.html", context, later)
    except Refused as refused:
        context["error"] = " ".join(reason_texts(refused))
        return render(request, "account/slip_enter.html", context, status=422)
    return _entered(request, user, language)


@require_http_methods(METHODS)
def open_slip(request: PageRequest, token: str) -> HttpResponse:
    """Where the QR leads. A look uses nothing up, since phones look ahead; the button does."""
    at = clock.now()
    if request.method == "POST":
        try:
            user, language = actions.use_slip_by_token(token=token, at=at)
        except Refused:
            return _private(render(request, "account/slip_open.html", status=404))
        return _entered(request, user, language)
    opens = actions.knows_token(token, at=at)
    page = render(request, "account/slip_open.html", {"opens": opens}, status=200 if opens else 404)
    return _private(page)


def _entered(request: PageRequest, user: queries.SignedUp, language: str) -> HttpResponse:
    response = enter(request, user, session.SLIP, reverse("web:welcome"), at=clock.now())
    return _speaking(response, language)


@login_required
@sensitive_post_parameters("password")
@require_http_methods(METHODS)
def welcome(request: PageRequest) -> HttpResponse:
    """Language, and a password for next time, which may wait at a primary branch."""
    user, at = request.user, clock.now()
    assert user.is_authenticated  # noqa: S101 - for the types alone
    may_set = not user.has_usable_password()
    context: dict[str, object] = {"may_set": may_set, "errors": []}
    if request.method != "POST":
        return render(request, "account/welcome.html", context)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        actions.choose_language(user=user, language=language, by=request.actor, at=at)
    else:
        language = user.language
    if may_set and (password := request.POST.get("password", "")):
        try:
            actions.set_password(user=user, password=password, by=request.actor, at=at)
        except Refused as refused:
            context["errors"] = reason_texts(refused)
            return render(request, "account/welcome.html", context, status=422)
        session.keep_signed_in(request, user)
    return _speaking(redirect("web:home"), language)


def _speaking(response: HttpResponse, language: str) -> HttpResponse:
    translation.activate(language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
