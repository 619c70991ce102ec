"""Who asks: the signed-in user, in the post they act in."""

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie

from pervichka.register.access.actor import Actor


class ApiRequest(HttpRequest):
    """A request as the routers get it: `actor` is set by the same middleware as for pages."""

    actor: Actor


class SignedIn(APIKeyCookie):
    """The session's cookie; writes need the CSRF token besides."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """None, hence 401, for whoever is not signed in."""
        actor: Actor | None = getattr(request, "actor", None)
        return actor if key and request.user.is_authenticated else None
