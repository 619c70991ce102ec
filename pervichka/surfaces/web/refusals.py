"""Refusals in the reader's language."""

from django.utils.translation import gettext

from pervichka.foundation.refusal import Reason, Refused


def reason_text(reason: Reason) -> str:
    """The reason's sentence, translated and then filled."""
    return gettext(reason.message).format(**reason.params)


def reason_texts(refused: Refused) -> list[str]:
    """The reasons as sentences: with a capital, whatever wrote them."""
    texts = map(reason_text, refused.reasons)
    return [text[:1].upper() + text[1:] for text in texts]
