"""Secrets that people hold: the link of an invitation and the rotating code of a meeting.

Neither is stored: of a link there is a keyed hash, of a code the secret it is computed from.
"""

import hashlib
import hmac
import secrets
from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

# No letter is mistaken for another or for a digit, so that a link can be typed from paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOKEN_LENGTH = 16  # 30^16: 78 bits
_GROUP = 4
_SALT = "pervichka.work.events.invitation"

SLOT_SECONDS = 45
"""How long one code stands on the screen."""

CODE_DIGITS = 6


def new_token() -> str:
    """A token of a personal link: `ABCD-EFGH-JKMN-PQRS`."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_TOKEN_LENGTH))
    groups = (letters[start : start + _GROUP] for start in range(0, _TOKEN_LENGTH, _GROUP))
    return "-".join(groups)


def token_hash(token: str) -> str:
    """What is kept of a token. Case, hyphens and spaces don't matter: it may have been typed."""
    letters = "".join(letter for letter in token.upper() if letter.isalnum())
    return salted_hmac(_SALT, letters, algorithm="sha256").hexdigest()


def code_at(secret: str, moment: datetime) -> str:
    """The code that stands on the screen at that moment: six digits."""
    return _code(secret, _slot(moment))


def seconds_left(moment: datetime) -> int:
    """For how long the code of that moment will still stand."""
    return SLOT_SECONDS - int(moment.timestamp()) % SLOT_SECONDS


def is_current(secret: str, code: str, moment: datetime) -> bool:
    """Whether the code stands on the screen, or stood there just before (people type slowly)."""
    slot = _slot(moment)
    digits = "".join(digit for digit in code if digit.isdigit())
    return any(constant_time_compare(digits, _code(secret, each)) for each in (slot, slot - 1))


def _slot(moment: datetime) -> int:
    return int(moment.timestamp()) // SLOT_SECONDS


def _code(secret: str, slot: int) -> str:
    digest = hmac.new(secret.encode(), str(slot).encode(), hashlib.sha256).digest()
    return str(int.from_bytes(digest[:8]) % 10**CODE_DIGITS).zfill(CODE_DIGITS)
