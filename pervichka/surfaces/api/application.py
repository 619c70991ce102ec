"""The API as a whole: its routers, who may in, and how it says no."""

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

import pervichka
from pervichka.foundation.postgres.errors import held_back
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.surfaces.api import access, branches, events, explaining, messaging, people, scores
from pervichka.surfaces.api.answers import Conflict, refusal
from pervichka.surfaces.api.signed_in import SignedIn

log = structlog.get_logger()
ABOUT = """
What a user's post lets them see and do on the pages, they may do here.

Sign in on the pages: requests carry the session's cookie and, where they write, the CSRF token in
`X-CSRFToken`. What lies outside one's part of the tree is answered like something that isn't (404).
A refusal (422) names every reason. A write may be sent again: planning carries a UUID of the
caller's own in `Idempotency-Key`; the same content comes back as it was answered, other content
under the same key is a conflict (409).
"""

api = NinjaAPI(
    title="Pervichka",
    version=pervichka.__version__,
    description=ABOUT,
    urls_namespace="api",
    auth=SignedIn(),
    docs_url="/docs",
)
api.add_router("", branches.router, tags=["branches"])
api.add_router("", people.router, tags=["people"])
api.add_router("", access.router, tags=["access"])
api.add_router("", events.router, tags=["events"])
api.add_router("", messaging.router, tags=["messages"])
api.add_router("", scores.router, tags=["scores"])
api.add_router("", explaining.router, tags=["scores"])


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return api.create_response(request, refusal(refused), status=422)


@api.exception_handler(Conflict)
def _conflict(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    return api.create_response(request, {"detail": str(conflict)}, status=409)


@api.exception_handler(Forbidden)
@api.exception_handler(ObjectDoesNotExist)
def _not_there(request: HttpRequest, _error: Exception) -> HttpResponse:
    return api.create_response(request, {"detail": "not found"}, status=404)


@api.exception_handler(ProgrammingError)
def _held_back(request: HttpRequest, error: Exception) -> HttpResponse:
    """As on the pages: what the database had to hold back isn't there either."""
    if not held_back(error):
        raise error
    log.error("held back by the database alone", exc_info=error)
    return _not_there(request, error)


@csrf_exempt
def no_such_address(request: HttpRequest) -> HttpResponse:
    """Programs get a document from every address under `/api/`, whether or not there is one."""
    return api.create_response(request, {"detail": "not found"}, status=404)
