"""What is true of users, and whether this organisation is made up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from pervichka.register.accounts.models import Device, MadeUpOrganisation, User

SignedUp = User
"""A user, for surfaces that name the type and never its table."""

# How long a session lasts unused, and how long in all.
_PRIMARY = (timedelta(days=14), timedelta(days=30))
_ABOVE_PRIMARY = (timedelta(hours=12), timedelta(days=7))


def user_named(name: str) -> User | None:
    """The user of that name, active or not."""
    return User.objects.filter(name=name).first()


def user_with_id(user_id: UUID) -> User | None:
    """The user, unless switched off."""
    return User.objects.filter(id=user_id, is_active=True).first()


def user_of_person(person_id: UUID) -> User | None:
    return User.objects.filter(person_id=person_id).first()


def is_made_up() -> bool:
    """Whether the people and figures of this database are invented."""
    return MadeUpOrganisation.objects.exists()


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """What kind of invented organisation this is, and which parts of it stand."""

    size: str
    seed: int
    made_on: date
    stages: tuple[str, ...]


def made_up() -> MadeUp | None:
    """None where the people and figures are real, or there are none yet."""
    mark = MadeUpOrganisation.objects.first()
    if mark is None:
        return None
    return MadeUp(size=mark.size, seed=mark.seed, made_on=mark.made_on, stages=tuple(mark.stages))


@dataclass(frozen=True, kw_only=True)
class Factor:
    """An app or a passkey of a user's."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


def factors_of(user: User) -> list[Factor]:
    """The second factors of a user, without recovery codes, the oldest first."""
    return [
        Factor(
            id=one.pk,
            kind=one.type,
            name=one.data.get("name", ""),
            added_at=one.created_at,
            used_at=one.last_used_at,
        )
        for one in Authenticator.objects.filter(user=user)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .order_by("created_at", "id")
    ]


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def has_passkey(user: User) -> bool:
    """Whether the browser may be asked for a passkey of the user's."""
    own = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return bool(own.exists())


def recovery_codes_of(user: User) -> list[str]:
    """Those not used yet."""
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return [] if codes is None else RecoveryCodes(codes).get_unused_codes()


def devices_of(user: User) -> list[Device]:
    """Where the user is signed in, the last used first."""
    return list(Device.objects.filter(user=user, ended_at=None).order_by("-last_seen_at"))


def live_device(device_id: UUID, *, user: User, above_primary: bool, at: datetime) -> Device | None:
    """The session's row, unless it has ended or is too old for the post acted in."""
    device = Device.objects.filter(id=device_id, user=user, ended_at=None).first()
    unused, whole = _ABOVE_PRIMARY if above_primary else _PRIMARY
    if device is None or at - device.last_seen_at > unused or at - device.began_at > whole:
        return None
    return device
