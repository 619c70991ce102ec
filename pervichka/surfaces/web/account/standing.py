"""Whether a session still stands, and whether it is enough for the post acted in."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from pervichka.foundation import clock
from pervichka.register.accounts import actions, queries
from pervichka.surfaces.web.account import session
from pervichka.surfaces.web.middleware import PageRequest

_API = "/api/"
# What can be reached without the second factor that the post demands.
_OPEN = {
    "front", "sign-in", "sign-out", "second-step", "factor-add", "choose-post", "welcome",
    "demo-sign-in", "set_language", "slip", "slip-enter", "factor-codes", "confirm",
    "passkey-enter", "passkey-add", "code-ask", "code-enter",
}  # fmt: skip


class Standing:
    """Ends sessions that are over at their next request, and leads to the second factor."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = cast("PageRequest", request)
        if request.user.is_authenticated and not _stands(page):
            logout(request)
            if request.path.startswith(_API):
                return JsonResponse({"detail": "sign in"}, status=401)
            return redirect(reverse("web:sign-in") + "?ended=1")
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        page = cast("PageRequest", request)
        if not request.user.is_authenticated or not page.actor.is_above_primary:
            return None
        match = request.resolver_match
        if session.used_second_factor(request) or (match and match.url_name in _OPEN):
            return None
        if request.path.startswith(_API):
            return JsonResponse({"detail": "a second factor is needed"}, status=403)
        name = "web:second-step" if queries.has_factor(request.user) else "web:factor-add"
        wanted = request.get_full_path() if request.method == "GET" else reverse("web:home")
        return redirect(f"{reverse(name)}?{urlencode({'next': wanted})}")


def _stands(request: PageRequest) -> bool:
    at, actor, user = clock.now(), request.actor, request.user
    assert user.is_authenticated  # noqa: S101 - for the types alone
    named = request.session.get(session.DEVICE)
    if named is None:
        return False
    device = queries.live_device(
        UUID(named), user=user, above_primary=actor.is_above_primary, at=at
    )
    if device is None or (device.in_post and actor.post_id is None):
        return False
    actions.note_seen(device=device, in_post=actor.post_id is not None, at=at)
    return True
