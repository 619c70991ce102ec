"""A user who is gone: their sign-in, where they were signed in, and all they signed in with."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.accounts.models import Device, Session, SignInSlip, User


def delete_user(*, user: User, by: Actor, at: datetime) -> dict[str, int]:
    """Delete the user inside an action that has asked for the right to; how much of what it was.

    Every session ends at once. What the journal says of the user leads to nobody from now on.
    """
    rows = {
        "sessions": Session.objects.filter(user=user),
        "devices": Device.objects.filter(user=user),
        "slips": SignInSlip.objects.filter(user=user),
        "factors": Authenticator.objects.filter(user=user),
    }
    counts = {name: found.count() for name, found in rows.items()}
    id_ = user.id
    user.delete()
    journal.append(by=by, at=at, action="user.deleted", subject=("accounts.user", id_))
    return counts | {"users": 1}
