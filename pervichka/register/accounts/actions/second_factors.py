"""Second factors: an app's codes, recovery codes, passkeys. The arithmetic is allauth's."""

import hmac
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.accounts import passkeys
from pervichka.register.accounts.actions.slips import TryLater
from pervichka.register.accounts.limits import SECOND_FACTOR_OF_USER, forget, take
from pervichka.register.accounts.models import User

_STEP_SECONDS = 30
# A phone's clock may be half a minute off.
_STEPS_AROUND = (0, -1, 1)
_NEVER = -1


@transaction.atomic
def add_app(*, user: User, secret: str, code: str, by: Actor, at: datetime) -> None:
    """Take the app that shows this code for the secret; recovery codes come with the first.

    Raises `Refused` for a wrong code, or if there is one already.
    """
    _lock(user)
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        raise refuse("an app is set up already; remove it first")
    step = _step_of(secret, code, at, after=_NEVER)
    if step is None:
        raise _wrong_code()
    instance = TOTP.activate(user, secret).instance
    instance.data["last_step"] = step
    instance.save(update_fields=["data"])
    _added(user, by, at)


@transaction.atomic
def add_passkey(
    *, user: User, name: str, credential: dict[str, Any], by: Actor, at: datetime
) -> None:
    """Keep a passkey whose ceremony was checked already."""
    _lock(user)
    WebAuthn.add(user, name, credential)
    _added(user, by, at)


@transaction.atomic
def remove_factor(*, user: User, factor_id: int, by: Actor, at: datetime) -> bool:
    """Remove an app or a passkey of the user's own; with the last of them go recovery codes.

    False where they have none of that number: then nothing happened.
    """
    removed, _ = (
        Authenticator.objects.filter(user=user, id=factor_id)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .delete()
    )
    if not removed:
        return False
    rest = Authenticator.objects.filter(user=user)
    if not rest.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        rest.delete()
    _journal(user, by, at)
    return True


def write_factors_gone(*, user: User, by: Actor, at: datetime) -> None:
    """Remove all of a user's factors inside an action that has asked for the right to."""
    _lock(user)
    Authenticator.objects.filter(user=user).delete()
    _journal(user, by, at)


def use_code(*, user: User, code: str, at: datetime) -> None:
    """A code of the user's app or a recovery code, each good once. Raises `Refused`, `TryLater`."""
    taken = take(SECOND_FACTOR_OF_USER, str(user.id), at=at)
    if taken.rests_until is not None:
        raise TryLater(taken.rests_until)
    digits = "".join(one for one in code if one.isascii() and one.isdigit())
    with transaction.atomic():
        right = _app_takes(user, digits, at) or _recovery_takes(user, digits)
    if not right:
        raise _wrong_code()
    forget(taken)


def use_passkey(*, answer: str, user: User | None, at: datetime) -> User:
    """Whose passkey answered the ceremony that this session began; `user`'s own if one is given.

    Raises `Refused`, `TryLater`.
    """
    taken = None if user is None else take(SECOND_FACTOR_OF_USER, str(user.id), at=at)
    if taken is not None and taken.rests_until is not None:
        raise TryLater(taken.rests_until)
    owner, factor = passkeys.finish_using(answer, user)
    factor.last_used_at = at
    factor.save(update_fields=["last_used_at"])
    if taken is not None:
        forget(taken)
    return owner


def _app_takes(user: User, code: str, at: datetime) -> bool:
    app = (
        Authenticator.objects.select_for_update()
        .filter(user=user, type=Authenticator.Type.TOTP)
        .first()
    )
    if app is None:
        return False
    after = app.data.get("last_step", _NEVER)
    step = _step_of(decrypt(app.data["secret"]), code, at, after=after)
    if step is None:
        return False
    app.data["last_step"], app.last_used_at = step, at
    app.save(update_fields=["data", "last_used_at"])
    return True


def _recovery_takes(user: User, code: str) -> bool:
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return codes is not None and RecoveryCodes(codes).validate_code(code)


def _step_of(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """The step of time whose code this is; none if it is wrong or was used."""
    now = int(at.timestamp()) // _STEP_SECONDS
    for step in (now + around for around in _STEPS_AROUND):
        expected = format_hotp_value(hotp_value(secret, step))
        if step > after and hmac.compare_digest(expected.encode(), code.encode()):
            return step
    return None


def _added(user: User, by: Actor, at: datetime) -> None:
    RecoveryCodes.activate(user)
    _journal(user, by, at)


def _journal(user: User, by: Actor, at: datetime) -> None:
    journal.append(by=by, at=at, action="user.changed", subject=user, fields=["second_factor"])


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)


def _wrong_code() -> Refused:
    return refuse("this code does not fit. Take the one that is shown now")
