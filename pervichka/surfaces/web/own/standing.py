"""On whose behalf these pages are asked: whoever signed in, or whoever opened a link to their own.

A link's session is short, says one person, and lets nothing else be seen.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pervichka.foundation import clock
from pervichka.register.access.actor import Actor
from pervichka.register.accounts.actions import oneself
from pervichka.register.branches.acting import acting_as
from pervichka.register.people.queries import own_person
from pervichka.surfaces.web.middleware import PageRequest

LASTS = timedelta(minutes=30)
_KEY = "own_data"
View = Callable[..., HttpResponse]


def begin(request: HttpRequest, person_id: UUID, *, at: datetime) -> None:
    """Whoever opened the link is here from now on; who was signed in on this device is not."""
    logout(request)
    request.session[_KEY] = [str(person_id), at.timestamp()]
    request.session.set_expiry(int(LASTS.total_seconds()))


def end(request: HttpRequest) -> None:
    logout(request)


def own_actor(request: PageRequest, *, at: datetime) -> Actor | None:
    """The person who asks, on their own behalf; none if nobody has shown who they are."""
    if request.user.is_authenticated:
        return request.actor if request.actor.person_id is not None else None
    found = request.session.get(_KEY)
    if not found or at.timestamp() - found[1] > LASTS.total_seconds():
        return None
    return oneself(UUID(found[0]))


def by_link(request: PageRequest) -> bool:
    return not request.user.is_authenticated


def present(request: PageRequest, *, at: datetime) -> Actor | None:
    """The same, as the person alone and not as the holder of a post; none who was erased since."""
    asking = own_actor(request, at=at)
    if asking is None or asking.person_id is None:
        return None
    own = oneself(asking.person_id)
    if asking.user_id is not None:
        # Known to the journal as the user they are; their own posts are theirs to see.
        own = replace(own, code=asking.code, user_id=asking.user_id)
    with acting_as(own):
        return None if own_person(own) is None else own


def for_oneself(view: View) -> View:
    """The view gets the actor, and in it the database shows what is the actor's own alone.

    Whoever is nobody here is led to where a link is asked for.
    """

    @wraps(view)
    def asked(request: PageRequest, *args: Any, **options: Any) -> HttpResponse:
        own = present(request, at=clock.now())
        if own is None:
            return private(redirect("web:own-ask"))
        with acting_as(own):
            return private(view(request, *args, actor=own, **options))

    return asked


def private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
