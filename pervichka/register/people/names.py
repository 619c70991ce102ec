"""Names as they are compared, and how they are shortened. Plain text: no database here."""

import re
import unicodedata

_FILLING = re.compile(r"[\W_]+")


def normal_name(text: str) -> str:
    """Without differences that mean nothing: case, ё, hyphens, spaces, full stops."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return _FILLING.sub("", folded)


def name_key(last_name: str, first_name: str, patronymic: str) -> str:
    """The whole name as it is compared: `иванова|анна|петровна`."""
    return "|".join(map(normal_name, (last_name, first_name, patronymic)))


def normal_address(text: str) -> str:
    """An address as it is compared: letters and figures alone, in lower case."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return " ".join(_FILLING.sub(" ", folded).split())
