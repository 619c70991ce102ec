"""A user's own page of sign-in: password, second factors, recovery codes, devices."""

from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts import actions, queries
from pervichka.surfaces.web.account import session
from pervichka.surfaces.web.account.entering import METHODS, next_address
from pervichka.surfaces.web.account.fresh import fresh_factor
from pervichka.surfaces.web.drawings import qr
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts


@login_required
@require_safe
def security(request: PageRequest) -> HttpResponse:
    user = request.user
    assert user.is_authenticated  # noqa: S101 - for the types alone
    factors = queries.factors_of(user)
    context = {
        "factors": factors,
        "has_app": any(one.kind == "totp" for one in factors),
        "codes_left": len(queries.recovery_codes_of(user)),
        "devices": [
            (device, str(device.id) == request.session.get(session.DEVICE))
            for device in queries.devices_of(user)
        ],
    }
    return render(request, "account/security.html", context)


@login_required
@fresh_factor
@sensitive_post_parameters("code")
@require_http_methods(METHODS)
def add_app(request: PageRequest) -> HttpResponse:
    """An app that shows codes: its QR, and the first code as proof that it was taken in."""
    user, at = request.user, clock.now()
    assert user.is_authenticated  # noqa: S101 - for the types alone
    secret = get_totp_secret()
    address = get_adapter().build_totp_url(user, secret)
    context: dict[str, object] = {
        "qr": qr(address),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "next": next_address(request),
        "demanded": request.actor.is_above_primary,
    }
    if request.method == "POST":
        code = "".join(one for one in request.POST.get("code", "") if one.isdigit())
        try:
            actions.add_app(user=user, secret=secret, code=code, by=request.actor, at=at)
        except Refused as refused:
            context["error"] = " ".join(reason_texts(refused))
            return render(request, "account/factor_add.html", context, status=422)
        clear_totp_secret(request)
        session.prove(request, session.FACTOR)
        return HttpResponseRedirect(reverse("web:factor-codes"))
    return render(request, "account/factor_add.html", context)


@login_required
@fresh_factor
@require_safe
def recovery_codes(request: PageRequest) -> HttpResponse:
    user = request.user
    assert user.is_authenticated  # noqa: S101 - for the types alone
    context = {"codes": queries.recovery_codes_of(user)}
    return render(request, "account/factor_codes.html", context)


@login_required
@fresh_factor
@require_POST
def remove_factor(request: PageRequest, factor_id: int) -> HttpResponse:
    user = request.user
    assert user.is_authenticated  # noqa: S101 - for the types alone
    at = clock.now()
    if actions.remove_factor(user=user, factor_id=factor_id, by=request.actor, at=at):
        messages.success(request, _("The second factor is removed."))
    return redirect("web:security")


@login_required
@fresh_factor
@sensitive_post_parameters("password")
@require_http_methods(METHODS)
def change_password(request: PageRequest) -> HttpResponse:
    """A new password; every other device is signed out by it."""
    user, at = request.user, clock.now()
    assert user.is_authenticated  # noqa: S101 - for the types alone
    errors: list[str] = []
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            actions.set_password(user=user, password=password, by=request.actor, at=at)
        except Refused as refused:
            errors = reason_texts(refused)
        else:
            session.keep_signed_in(request, user)
            _end_others(request, user)
            messages.success(request, _("The password is set. Other devices are signed out."))
            return redirect("web:security")
    status = 422 if errors else 200
    return render(request, "account/password.html", {"errors": errors}, status=status)


@login_required
@require_POST
def end_devices(request: PageRequest) -> HttpResponse:
    """One of the others, or all of them; one's own alone, so anyone's other id ends nothing."""
    user = request.user
    assert user.is_authenticated  # noqa: S101 - for the types alone
    named = request.POST.get("device", "")
    if named == "others":
        ended = _end_others(request, user)
    else:
        try:
            device_id = UUID(named)
        except ValueError:
            return redirect("web:security")
        ended = actions.end_device(device_id=device_id, user=user, by=request.actor, at=clock.now())
    if ended:
        messages.success(request, _("Signed out there."))
    return redirect("web:security")


def _end_others(request: PageRequest, user: queries.SignedUp) -> int:
    this = UUID(request.session[session.DEVICE])
    return actions.end_other_devices(than=this, user=user, by=request.actor, at=clock.now())
