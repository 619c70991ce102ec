"""What an applicant holds: the number of the appeal or booking, and a code that opens it.

The code is computed from the record's own id under this installation's key and is kept nowhere.
"""

import hashlib
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

# No letter is mistaken for another or for a digit, so that it can be typed from paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12  # 30^12: 58 bits
_GROUP = 4
_SALT = "pervichka.work.casework.code"


def code_of(record: UUID) -> str:
    """The code of an appeal or a booking: `ABCD-EFGH-JKMN`."""
    key = salted_hmac(_SALT, str(record), algorithm="sha256").digest()
    number = int.from_bytes(hashlib.sha256(key).digest())
    letters = ""
    for _ in range(_LENGTH):
        number, letter = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[letter]
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def opens(record: UUID, code: str) -> bool:
    """Whether this is its code. Case, hyphens and spaces don't matter: it was typed."""
    return constant_time_compare(_plain(code), _plain(code_of(record)))


def number_typed(text: str) -> int | None:
    """The number as it was typed, with or without «№»; none if there is none."""
    digits = "".join(mark for mark in text if mark.isascii() and mark.isdigit())
    return int(digits) if 0 < len(digits) <= 12 else None


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
