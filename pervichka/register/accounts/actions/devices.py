"""A user's sessions: begun, seen, ended by their owner or by the rules."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.accounts.limits import drop_old_tallies
from pervichka.register.accounts.models import Device, User

# Written at most so often: a look at a page is no write.
_SEEN_EVERY = timedelta(minutes=5)


@transaction.atomic
def begin_device(*, user: User, name: str, way: str, by: Actor, at: datetime) -> Device:
    """The user has signed in; `way` is how (password, passkey, slip, one_click)."""
    drop_old_tallies(at=at)
    user.last_login = at
    user.save(update_fields=["last_login"])
    device = Device.objects.create(
        user=user,
        name=name,
        way=way,
        in_post=by.post_id is not None,
        began_at=at,
        last_seen_at=at,
    )
    journal.append(by=by, at=at, action="user.signed_in", subject=user)
    return device


def note_seen(*, device: Device, in_post: bool, at: datetime) -> None:
    """Remember when it was last used, and that a post was held in it."""
    if at - device.last_seen_at < _SEEN_EVERY and device.in_post == in_post:
        return
    device.last_seen_at, device.in_post = max(at, device.last_seen_at), in_post
    device.save(update_fields=["last_seen_at", "in_post"])


@transaction.atomic
def end_device(*, device_id: UUID, user: User, by: Actor, at: datetime) -> int:
    """End one of the user's own sessions; how many were ended (none of somebody else's)."""
    return _end(Device.objects.filter(id=device_id), user, by, at)


@transaction.atomic
def end_other_devices(*, than: UUID | None, user: User, by: Actor, at: datetime) -> int:
    """End all the user's sessions but the one they sit at."""
    others = Device.objects.all() if than is None else Device.objects.exclude(id=than)
    return _end(others, user, by, at)


def _end(devices: QuerySet[Device], user: User, by: Actor, at: datetime) -> int:
    ended = devices.filter(user=user, ended_at=None).update(ended_at=at)
    if ended:
        journal.append(by=by, at=at, action="user.signed_out", subject=user)
    return ended
