"""What every page's template knows besides its own data."""

from django.http import HttpRequest

from pervichka.register.accounts.queries import is_made_up
from pervichka.surfaces.web.navigation import navigation


def page(request: HttpRequest) -> dict[str, object]:
    """`actor`; `demo`: people and figures are invented; `navigation`: this actor's sections."""
    return {
        "actor": getattr(request, "actor", None),
        "demo": is_made_up(),
        "navigation": navigation(request),
    }
