"""How a refusal is told: every reason on stderr with file, line and column; exit code 1."""

import sys
from collections.abc import Iterable, Sequence

from pervichka.foundation.refusal import Reason
from pervichka.register.access.policy import Forbidden
from pervichka.surfaces.cli.plain import document, sentence

REFUSED = 1


def tell_reasons(reasons: Sequence[Reason], *, json: bool) -> int:
    """One line a reason: `file:line:column: what is wrong`. With `json` also as a document."""
    tell_lines(reasons)
    if json:
        sys.stdout.write(document({"refused": list(reasons)}) + "\n")
    return REFUSED


def tell_lines(reasons: Iterable[Reason]) -> None:
    """One line a reason on stderr, its place first."""
    for reason in reasons:
        place = f"{reason.place}: " if reason.place else ""
        sys.stderr.write(f"{place}{sentence(reason)}\n")


def tell_forbidden(forbidden: Forbidden, *, json: bool) -> int:
    """Whoever acts lacks a permission, or lacks it for this part of the tree."""
    reason = Reason(
        message="this needs the permission {permission}, which whoever acts does not hold there",
        params={"permission": forbidden.permission},
    )
    return tell_reasons([reason], json=json)


def tell_text(text: str, *, json: bool) -> int:
    """What stands in the way, such as a missing key; told like a reason without a place."""
    return tell_reasons([Reason(message="{text}", params={"text": text})], json=json)


def tell_held_back(*, json: bool) -> int:
    """What our own code should have refused before, the database did."""
    message = "the database held this back: it lies beyond what whoever acts may reach"
    return tell_reasons([Reason(message=message)], json=json)
