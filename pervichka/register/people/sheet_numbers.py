"""Numbers of sheets: a running number and two check digits (ISO 7064, MOD 97-10).

They catch every wrong digit and every pair that is swapped, so that a slip in typing never names
another sheet.
"""

_MODULUS = 97
_GROUP = 4


def numbered(running: int) -> str:
    """The number with its check digits: 100001 → 10000119."""
    return f"{running}{_MODULUS + 1 - running * 100 % _MODULUS:02}"


def typed_number(text: str) -> str | None:
    """The digits of what was typed, with whatever between them; none if they can't be right."""
    digits = "".join(mark for mark in text if mark not in " -\u00a0\u2009")
    if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 20):
        return None
    return digits if int(digits) % _MODULUS == 1 else None


def grouped(number: str) -> str:
    """As it is printed, four digits at a time."""
    return " ".join(number[at : at + _GROUP] for at in range(0, len(number), _GROUP))
