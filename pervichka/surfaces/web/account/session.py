"""What a session says of how its user signed in: by which means, when, on which device."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.core import signing
from django.http import HttpRequest, HttpResponse

from pervichka.register.accounts import actions, fresh, queries
from pervichka.register.posts.queries import acting_user

DEVICE = "device"
PASSWORD, FACTOR, ONE_CLICK = fresh.PASSWORD, fresh.FACTOR, fresh.ONE_CLICK
SLIP, CODE, PASSKEY = "slip", "code", "passkey"
_PENDING = "second_step"
_PENDING_FOR = timedelta(minutes=10)
# One click exists in the demo alone, where people are invented: it counts as every means at once.
_SECOND = {FACTOR, ONE_CLICK}
_KNOWN_FOR = timedelta(days=365)
_KNOWN_SALT = "pervichka.known-device"
_SYSTEMS = ("android", "iphone", "ipad", "windows", "mac", "linux")
_BROWSERS = {"yabrowser": "yandex", "edg": "edge", "firefox": "firefox", "chrome": "chrome",
             "safari": "safari"}  # fmt: skip


def begin(request: HttpRequest, user: object, *ways: str, at: datetime) -> None:
    """Sign in; the session's key is a new one, and its row is what ends it."""
    assert isinstance(user, queries.SignedUp)  # noqa: S101 - for the types alone
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    device = actions.begin_device(
        user=user, name=_name_of(request), way=ways[0], by=acting_user(user, at=at), at=at
    )
    request.session[DEVICE] = str(device.id)
    for way in ways:
        record_authentication(request, user, way)


def keep_signed_in(request: HttpRequest, user: object) -> None:
    """The password has changed: this session goes on, under a new key."""
    assert isinstance(user, queries.SignedUp)  # noqa: S101 - for the types alone
    update_session_auth_hash(request, user)
    record_authentication(request, user, PASSWORD)


def prove(request: HttpRequest, way: str) -> None:
    """The signed-in user has just shown a password or a second factor once more."""
    record_authentication(request, request.user, way)


def used_second_factor(request: HttpRequest) -> bool:
    return any(way in _SECOND for way, _ in records_of(request))


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Whether a password or a second factor was shown within the last five minutes."""
    return fresh.is_fresh(records_of(request), at=at)


def records_of(request: HttpRequest) -> list[tuple[str, float]]:
    records = get_authentication_records(request, request.user)
    return [(str(one["method"]), float(one["at"])) for one in records]


def set_pending(request: HttpRequest, user_id: UUID, way: str, next_: str, *, at: datetime) -> None:
    """The first step is done; nobody is signed in before the second."""
    request.session.cycle_key()
    request.session[_PENDING] = [str(user_id), way, next_, at.timestamp()]


def pending(request: HttpRequest, *, at: datetime) -> tuple[UUID, str, str] | None:
    """Whose second step is awaited, what the first was, and where it leads."""
    found = request.session.get(_PENDING)
    if not found or at.timestamp() - found[3] > _PENDING_FOR.total_seconds():
        return None
    return UUID(found[0]), found[1], found[2]


def known_to(request: HttpRequest) -> frozenset[str]:
    """Ids of the users who have signed in from this browser before."""
    text = request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE_NAME, "")
    try:
        return frozenset(signing.loads(text, salt=_KNOWN_SALT, max_age=_KNOWN_FOR))
    except signing.BadSignature:
        return frozenset()


def remember(request: HttpRequest, response: HttpResponse, user_id: UUID) -> HttpResponse:
    """From now on wrong passwords typed elsewhere don't hold this user up here."""
    ids = sorted(known_to(request) | {str(user_id)})[:8]
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        signing.dumps(ids, salt=_KNOWN_SALT),
        max_age=_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def address_of(request: HttpRequest) -> str:
    """The network address asked from; of IPv6 the network that one household has."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = hops[-settings.PROXIES].strip() if len(hops) >= settings.PROXIES else address
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address


def _name_of(request: HttpRequest) -> str:
    agent = request.headers.get("User-Agent", "").lower()
    system = next((one for one in _SYSTEMS if one in agent), "")
    browser = next((name for part, name in _BROWSERS.items() if part in agent), "")
    return f"{browser} {system}".strip()
