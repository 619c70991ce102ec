"""What an applicant holds: the number of the appeal or booking, and a code that opens it.

The code is computed from the record's own id under this installation's key and is kept nowhere.
"""

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

# Digits alone, as on a sign-in slip: on a Russian keyboard Latin letters are an obstacle. Twenty
# tries an hour at one number come to one chance in six million a year.
_DIGITS = 12
_GROUP = 4
_SALT = "pervichka.work.casework.code"


def code_of(record: UUID) -> str:
    """The code of an appeal or a booking: `1234-5678-9012`."""
    key = salted_hmac(_SALT, str(record), algorithm="sha256").digest()
    digits = str(int.from_bytes(key) % 10**_DIGITS).zfill(_DIGITS)
    return "-".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


def opens(record: UUID, code: str) -> bool:
    """Whether this is its code. Hyphens and spaces don't matter: it was typed."""
    return constant_time_compare(_plain(code), _plain(code_of(record)))


def number_typed(text: str) -> int | None:
    """The number as it was typed, with or without «№»; none if there is none."""
    digits = "".join(mark for mark in text if mark.isascii() and mark.isdigit())
    return int(digits) if 0 < len(digits) <= 12 else None


def _plain(code: str) -> str:
    return "".join(mark for mark in code if mark.isascii() and mark.isdigit())
