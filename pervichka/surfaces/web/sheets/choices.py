"""What a sheet may be printed of, and in which language."""

from pervichka.register.texts.queries import latest_texts
from pervichka.surfaces.web.templatetags.pervichka import text_of


def consents_to_print() -> list[tuple[str, str]]:
    """Codes of the texts that people consent to, each with its purpose in words."""
    return [
        (one.code, text_of(one.aim)) for one in latest_texts().values() if one.basis == "consent"
    ]
