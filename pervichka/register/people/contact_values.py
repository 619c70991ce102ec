"""Phone numbers and e-mail addresses as they are kept and compared."""

import re

import phonenumbers

DEFAULT_REGION = "RU"
# What nearly every number looks like once spaces and brackets are gone; the rest are parsed.
_RUSSIAN = re.compile(r"(?:\+7|8|7)?([3489]\d{9})")
_FILLING = str.maketrans("", "", " \u00a0()-–—.")
_EMAIL = re.compile(
    r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59})"
)


def phone_number(text: str, region: str = DEFAULT_REGION) -> str | None:
    """`8 (900) 000-00-01` as `+79000000001` (E.164); none if it can't be a phone number."""
    plain = text.translate(_FILLING)
    if region == "RU" and (match := _RUSSIAN.fullmatch(plain)):
        return f"+7{match[1]}"
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def number_in_groups(number: str) -> str:
    """`+79000000001` as `+7 900 000-00-01`, for whoever dials it from paper."""
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def email_address(text: str) -> str | None:
    """The address in lower case, its domain in ASCII; none if it can't be an address."""
    local, _, domain = text.strip().rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}".lower()
    except UnicodeError:
        return None
    return plain if _EMAIL.fullmatch(plain) and ".." not in plain else None
