"""Passkeys: the ceremonies with the browser. The arithmetic is allauth's and fido2's.

A passkey is made to be found by the device itself and to ask for its owner's finger or code, so it
stands for both steps at once. What a ceremony began with lies in the session until it ends.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from pervichka.foundation.refusal import Refused, refuse
from pervichka.register.accounts.models import User

_LONGEST = 20_000


def begin_adding(user: User) -> str:
    """The options for the browser, as JSON."""
    return json.dumps(auth.begin_registration(user, passwordless=True))


def finish_adding(answer: str) -> dict[str, Any]:
    """The credential to keep. Raises `Refused` for anything but the browser's true answer."""
    credential = _read(answer)
    try:
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except _WRONG:
        raise _does_not_fit() from None
    if not made.is_user_verified():
        raise _does_not_fit()
    return credential


def begin_using(user: User | None) -> str:
    """The options for the browser; of a user's own passkeys, or of any that the device holds."""
    return json.dumps(auth.begin_authentication(user))


def finish_using(answer: str, user: User | None) -> tuple[User, Authenticator]:
    """Whose passkey answered: `user`'s if one is given. Raises `Refused`."""
    credential = _read(answer)
    try:
        response = auth.parse_authentication_response(credential)
        owner = user or auth.extract_user_from_response(credential)
        factor = auth.complete_authentication(owner, credential)
    except _WRONG:
        raise _does_not_fit() from None
    # Without a password before it, the passkey alone must have asked for its owner.
    verified = response.response.authenticator_data.is_user_verified()
    if not isinstance(owner, User) or not owner.is_active or (user is None and not verified):
        raise _does_not_fit()
    return owner, factor


# What the libraries raise at an answer that no browser gave.
_WRONG = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


def _read(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer) if len(answer) < _LONGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise _does_not_fit()
    return found


def _does_not_fit() -> Refused:
    return refuse("the passkey did not answer as it should; try once more")
