"""What is grave asks for a factor shown within the last five minutes."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.urls import reverse

from pervichka.foundation import clock
from pervichka.register.accounts import fresh
from pervichka.surfaces.web.account import session
from pervichka.surfaces.web.account.entering import to_confirm
from pervichka.surfaces.web.middleware import PageRequest

P = ParamSpec("P")
View = Callable[Concatenate[PageRequest, P], HttpResponse]


def needs_confirming(request: PageRequest) -> bool:
    """Whether the user must show a factor first. Whoever has none yet is free to get one."""
    user = request.user
    return user.is_authenticated and fresh.must_confirm(
        user, session.records_of(request), at=clock.now()
    )


def confirmed_first(request: PageRequest, back_to: str) -> HttpResponse | None:
    """The page that asks for a factor, which leads back to `back_to`; none where one was shown."""
    return to_confirm(back_to) if needs_confirming(request) else None


def fresh_factor(view: View[P]) -> View[P]:
    """Leads to the page that asks, and back. A form sent too late is filled in again."""

    @wraps(view)
    def asking(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if needs_confirming(request):
            return to_confirm(
                request.get_full_path() if request.method == "GET" else reverse("web:security")
            )
        return view(request, *args, **kwargs)

    return asking
