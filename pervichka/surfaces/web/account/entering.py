"""Signing in: a password or a slip, then the second step for whoever has one; and out."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts import actions, passkeys, queries
from pervichka.surfaces.web.account import session
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts

METHODS = ["GET", "HEAD", "POST"]


@sensitive_post_parameters("password")
@require_http_methods(METHODS)
def sign_in(request: PageRequest) -> HttpResponse:
    """One answer for a wrong name and a wrong password, so that names can't be found out."""
    if request.method != "POST":
        context = {
            "next": request.GET.get("next", ""),
            "ended": "ended" in request.GET,
            "sends_mail": bool(settings.EMAIL_HOST),
        }
        return render(request, "account/sign_in.html", context)
    at = clock.now()
    name = request.POST.get("name", "").strip()
    context = {
        "name": name,
        "next": request.POST.get("next", ""),
        "sends_mail": bool(settings.EMAIL_HOST),
    }
    try:
        user = actions.check_password(
            name=name,
            password=request.POST.get("password", ""),
            address=session.address_of(request),
            known_to=session.known_to(request),
            at=at,
        )
    except actions.TryLater as later:
        return later_page(request, "account/sign_in.html", context, later)
    if user is None:
        return render(request, "account/sign_in.html", context | {"failed": True}, status=422)
    return enter(request, user, session.PASSWORD, next_address(request), at=at)


def enter(
    request: PageRequest, user: queries.SignedUp, way: str, next_: str, *, at: datetime
) -> HttpResponse:
    """The first step is done: signed in, or led to the second step."""
    if queries.has_factor(user):
        session.set_pending(request, user.id, way, next_, at=at)
        return redirect("web:second-step")
    session.begin(request, user, way, at=at)
    return session.remember(request, HttpResponseRedirect(next_), user.id)


@sensitive_post_parameters("code", "credential")
@require_http_methods(METHODS)
def second_step(request: PageRequest) -> HttpResponse:
    """A code of the app or a recovery code, after a password or slip, or when a post demands it."""
    at = clock.now()
    awaited = session.pending(request, at=at)
    signed_in = request.user if request.user.is_authenticated else None
    if signed_in is None and awaited is None:
        return redirect("web:sign-in")
    next_ = next_address(request) if awaited is None else awaited[2]
    user = signed_in or user_by_id(awaited[0] if awaited else None)
    if user is None:
        return redirect("web:sign-in")
    context: dict[str, object] = {"next": next_}
    if request.method != "POST":
        return render(request, "account/second_step.html", context | _passkey_of(user))
    try:
        _use_factor(request, user, at)
    except actions.TryLater as later:
        return later_page(request, "account/second_step.html", context, later)
    except Refused as refused:
        context |= {"error": " ".join(reason_texts(refused)), **_passkey_of(user)}
        return render(request, "account/second_step.html", context, status=422)
    if signed_in is not None:
        session.prove(request, session.FACTOR)
    elif awaited is not None:
        session.begin(request, user, awaited[1], session.FACTOR, at=at)
    return session.remember(request, HttpResponseRedirect(next_), user.id)


@sensitive_post_parameters("password", "code", "credential")
@require_http_methods(METHODS)
def confirm(request: PageRequest) -> HttpResponse:
    """Before what is grave: that it is still the same person at this keyboard."""
    user = request.user
    if not user.is_authenticated:
        return redirect("web:sign-in")
    at, by_code = clock.now(), queries.has_factor(user)
    context: dict[str, object] = {"next": next_address(request), "by_code": by_code}
    if request.method != "POST":
        return render(request, "account/confirm.html", context | _passkey_of(user))
    try:
        right = _proved(request, user, by_code=by_code, at=at)
    except actions.TryLater as later:
        return later_page(request, "account/confirm.html", context, later)
    if not right:
        context |= {"error": _("That did not fit. Try once more."), **_passkey_of(user)}
        return render(request, "account/confirm.html", context, status=422)
    session.prove(request, session.FACTOR if by_code else session.PASSWORD)
    return HttpResponseRedirect(next_address(request))


def _use_factor(request: PageRequest, user: queries.SignedUp, at: datetime) -> None:
    """The passkey's answer if there is one, else the code typed."""
    if answer := request.POST.get("credential"):
        actions.use_passkey(answer=answer, user=user, at=at)
    else:
        actions.use_code(user=user, code=request.POST.get("code", ""), at=at)


def _passkey_of(user: queries.SignedUp) -> dict[str, object]:
    """What the browser is asked with, where the user has a passkey."""
    return {"options": passkeys.begin_using(user)} if queries.has_passkey(user) else {}


def _proved(request: PageRequest, user: queries.SignedUp, *, by_code: bool, at: datetime) -> bool:
    if by_code:
        try:
            _use_factor(request, user, at)
        except Refused:
            return False
        return True
    found = actions.check_password(
        name=user.name,
        password=request.POST.get("password", ""),
        address=session.address_of(request),
        known_to=session.known_to(request),
        at=at,
    )
    return found is not None and found.pk == user.pk


@require_POST
def sign_out(request: PageRequest) -> HttpResponse:
    if request.user.is_authenticated and (named := request.session.get(session.DEVICE)):
        actions.end_device(
            device_id=UUID(named), user=request.user, by=request.actor, at=clock.now()
        )
    logout(request)
    return redirect("web:front")


def later_page(
    request: HttpRequest, template: str, context: dict[str, object], later: actions.TryLater
) -> HttpResponse:
    """“Try later”, with the time; the same whether or not there is such a user."""
    response = render(request, template, context | {"later": later.until}, status=429)
    wait = int((later.until - clock.now()).total_seconds()) + 1
    response.headers["Retry-After"] = str(max(wait, 1))
    return response


def user_by_id(user_id: UUID | None) -> queries.SignedUp | None:
    return None if user_id is None else queries.user_with_id(user_id)


def next_address(request: HttpRequest) -> str:
    """Where to go on, if it is a page of ours; else home."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and allowed else reverse("web:home")


def to_confirm(next_: str) -> HttpResponse:
    return redirect(f"{reverse('web:confirm')}?{urlencode({'next': next_})}")
