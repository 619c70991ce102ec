"""What a watchdog or a load balancer asks: whether pages can be served."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pervichka.foundation.postgres.errors import PostgresUnavailable

_UNAVAILABLE = 503


@never_cache
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """200 `ok` where the database answers, else 503; it says nothing of what is in there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except (DatabaseError, PostgresUnavailable):
        return HttpResponse(
            "the database does not answer\n", content_type="text/plain", status=_UNAVAILABLE
        )
    return HttpResponse("ok\n", content_type="text/plain")
