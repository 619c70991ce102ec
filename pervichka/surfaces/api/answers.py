"""What answers have in common: pages of lists, and refusals."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext
from ninja import Query, Schema
from pydantic import AfterValidator, Field

from pervichka.foundation.refusal import Refused

MOST_ROWS = 200


def _storable(text: str) -> str:
    # PostgreSQL's text holds neither NUL nor half of a pair of surrogates.
    if any(mark == "\0" or "\ud800" <= mark <= "\udfff" for mark in text):
        raise ValueError("holds a character that can't be stored")
    return text


Text = Annotated[str, AfterValidator(_storable)]


class Conflict(Exception):
    """The same key came with other content."""


class Part(Schema):
    """Which part of a list is wanted."""

    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 50


Wanted = Query[Part]


class Problem(Schema):
    """Why a request was not done."""

    detail: str


class Reason(Schema):
    message: str
    field: str | None
    line: int | None


class Refusal(Schema):
    """Every reason for which the input was refused; nothing of it was kept."""

    refused: list[Reason]


def reason_in_words(kept: Mapping[str, Any]) -> str:
    """A refusal that was kept as its message and params, in the reader's language."""
    message = str(kept["message"])
    return gettext(message).format(**kept["params"])


def refusal(refused: Refused) -> dict[str, object]:
    """The reasons in the reader's language."""
    return {
        "refused": [
            {
                "message": gettext(reason.message).format(**reason.params),
                "field": reason.column,
                "line": reason.line,
            }
            for reason in refused.reasons
        ]
    }
