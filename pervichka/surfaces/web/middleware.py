"""What every page's request and response go through."""

from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.defaults import page_not_found

from pervichka.foundation import clock
from pervichka.foundation.postgres.errors import held_back
from pervichka.register.access.actor import Actor
from pervichka.register.access.policy import BudgetExhausted, Forbidden
from pervichka.register.access.roles import Nobody
from pervichka.register.branches.acting import acting_as
from pervichka.register.disclosure.queries import who_may_raise
from pervichka.register.posts.queries import acting_user

Respond = Callable[[HttpRequest], HttpResponse]

POST_IN_SESSION = "acting_post"
log = structlog.get_logger()
STRANGER = Actor(code="stranger", role=Nobody, scope=None)


class PageRequest(HttpRequest):
    """A request as the views get it: `actor` is who makes it, in the one post they act in."""

    actor: Actor


# Forms lead on to the device's own calls and letters too.
CONTENT_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
    " form-action 'self' tel: mailto:"
)
# A page may use none of what a device can tell of whoever holds it.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class SecurityHeaders:
    """On every answer, of whatever kind: nothing but this server's own files may load.

    The outermost of all, so that what others answer by themselves bears them too. What a
    signed-in person gets is kept in no cache.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Static files, redirects to HTTPS and the like are answered before anyone is known.
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ActingActor:
    """Sets `request.actor`: the signed-in user in the post they chose in the header."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page_request = cast("PageRequest", request)
        page_request.actor = actor_of(request)
        with acting_as(page_request.actor):
            return self.respond(page_request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """What the actor may not do is answered like what isn't there; an empty budget in words.

        Like it, too, what the database had to hold back; our own code should have refused it.
        """
        if isinstance(exception, BudgetExhausted):
            return budget_page(cast("PageRequest", request), exception)
        if held_back(exception):
            log.error("held back by the database alone", exc_info=exception)
        elif not isinstance(exception, Forbidden):
            return None
        return page_not_found(request, exception)


def budget_page(request: PageRequest, exhausted: BudgetExhausted) -> HttpResponse:
    """429: what is left, when it is full again, and whom to ask."""
    context = {"budget": exhausted, "whom": who_may_raise(request.actor)}
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(seconds_until(exhausted.full_at))
    return response


def seconds_until(moment: datetime) -> int:
    return max(int((moment - clock.now()).total_seconds()) + 1, 1)


def actor_of(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return STRANGER
    chosen = request.session.get(POST_IN_SESSION)
    return acting_user(request.user, at=clock.now(), post_id=UUID(chosen) if chosen else None)
