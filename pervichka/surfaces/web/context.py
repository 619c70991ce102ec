"""What every page's template knows besides its own data."""

from django.conf import settings
from django.http import HttpRequest

from pervichka.surfaces.web.navigation import navigation


def page(request: HttpRequest) -> dict[str, object]:
    """`actor`, `demo`, and `navigation`: the sections this actor has, with the current one."""
    return {
        "actor": getattr(request, "actor", None),
        "demo": settings.DEMO,
        "navigation": navigation(request),
    }
