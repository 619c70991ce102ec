"""What pages of appeals have in common."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

from pervichka.foundation import clock
from pervichka.register.disclosure.actions import show
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.actions import Given, look_at_applicant
from pervichka.work.casework.queries import Appeal, TellBy, appeal_of, may_read

_LONGEST = 5_000


def appeal_or_404(request: PageRequest, appeal_id: UUID) -> Appeal:
    """The appeal, if the reader sees it; one out of sight is answered like one that isn't."""
    try:
        return appeal_of(request.actor, appeal_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def looked_at(request: PageRequest, appeal: Appeal) -> bool:
    """Called before a page is shown that tells of it; whether it may say who asks and what.

    A row of another branch draws on the reader's budget, as whoever asks there may be known by it.
    Raises `BudgetExhausted`.
    """
    at = clock.now()
    show(people=[appeal.branch_id], by=request.actor, at=at)
    return look_at_applicant(appeal=appeal, by=request.actor, at=at)


def read_or_404(request: PageRequest, appeal_id: UUID) -> Appeal:
    """The same as `appeal_or_404`, for pages that its own branch alone opens."""
    found = appeal_or_404(request, appeal_id)
    if not may_read(request.actor, found):
        raise Http404
    return found


def typed_in(request: HttpRequest, fields: Iterable[str]) -> dict[str, str]:
    """What was typed; without characters that the database can't hold."""
    return {
        name: request.POST.get(name, "").replace("\0", "")[:_LONGEST].replace("\r\n", "\n")
        for name in fields
    }


def given_typed(typed: dict[str, str]) -> Given:
    return Given(
        subject=typed["subject"],
        words=typed["words"],
        name=typed["name"],
        phone=typed["phone"],
        email=typed["email"],
        address=typed["address"],
        tell_by=typed["tell_by"] or TellBy.PAGE,
    )


def address_of(request: HttpRequest) -> str:
    """The network address asked from; of IPv6 the network that one household has."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = hops[-settings.PROXIES].strip() if len(hops) >= settings.PROXIES else address
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address


def private(response: HttpResponse) -> HttpResponse:
    """Kept in no cache and found by no search."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
