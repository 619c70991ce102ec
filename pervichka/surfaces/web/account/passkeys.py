"""Passkeys: one more is set up; one signs in, in place of a password and a code."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts import actions, passkeys
from pervichka.surfaces.web.account import session
from pervichka.surfaces.web.account.entering import METHODS, later_page, next_address
from pervichka.surfaces.web.account.fresh import fresh_factor
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts

_LONGEST_NAME = 60


@login_required
@fresh_factor
@sensitive_post_parameters("credential")
@require_http_methods(METHODS)
def add_passkey(request: PageRequest) -> HttpResponse:
    user, at = request.user, clock.now()
    assert user.is_authenticated  # noqa: S101 - for the types alone
    name = request.POST.get("name", "").strip()[:_LONGEST_NAME]
    context: dict[str, object] = {"name": name, "demanded": request.actor.is_above_primary}
    if request.method == "POST":
        try:
            credential = passkeys.finish_adding(request.POST.get("credential", ""))
            actions.add_passkey(
                user=user, name=name, credential=credential, by=request.actor, at=at
            )
        except Refused as refused:
            context["error"] = " ".join(reason_texts(refused))
        else:
            session.prove(request, session.FACTOR)
            return redirect("web:factor-codes")
    context["options"] = passkeys.begin_adding(user)
    status = 422 if "error" in context else 200
    return render(request, "account/passkey_add.html", context, status=status)


@sensitive_post_parameters("credential")
@require_http_methods(METHODS)
def enter_by_passkey(request: PageRequest) -> HttpResponse:
    """Nobody is asked who they are: the device knows, and proves it."""
    at = clock.now()
    context: dict[str, object] = {"next": next_address(request)}
    if request.method == "POST":
        try:
            user = actions.use_passkey(answer=request.POST.get("credential", ""), user=None, at=at)
        except actions.TryLater as later:
            return later_page(request, "account/passkey_enter.html", context, later)
        except Refused as refused:
            context["error"] = " ".join(reason_texts(refused))
        else:
            session.begin(request, user, session.PASSKEY, session.FACTOR, at=at)
            answer = HttpResponseRedirect(next_address(request) or reverse("web:home"))
            return session.remember(request, answer, user.id)
    context["options"] = passkeys.begin_using(None)
    status = 422 if "error" in context else 200
    return render(request, "account/passkey_enter.html", context, status=status)
