"""Closed periods, and whether their chain still holds."""

from dataclasses import dataclass

from pervichka.foundation.periods import Month
from pervichka.standard.rulebook.fingerprint import fingerprint
from pervichka.standard.scores.chain import GENESIS, chain_hash, numbers_hash
from pervichka.standard.scores.models import ClosedPeriod
from pervichka.standard.scores.queries.export import export_rows
from pervichka.standard.scores.queries.standards import document


@dataclass(frozen=True, kw_only=True)
class VerifiedPeriod:
    """A closed month and what is wrong with it; nothing if `flaw` is none."""

    standard: str
    version: str
    month: Month
    hash: str
    flaw: str | None


def verify_periods() -> list[VerifiedPeriod]:
    """Every closed period in the order of closing, its numbers and its link computed anew."""
    verified = []
    previous = GENESIS
    for closed in ClosedPeriod.objects.select_related("standard").order_by("number"):
        verified.append(
            VerifiedPeriod(
                standard=closed.standard.slug,
                version=closed.standard.version,
                month=Month.of(closed.month),
                hash=closed.hash,
                flaw=_flaw(closed, previous),
            )
        )
        previous = closed.hash
    return verified


def _flaw(closed: ClosedPeriod, previous: str) -> str | None:
    month = Month.of(closed.month)
    if closed.previous_hash != previous:
        return "does not follow the closing before it"
    if fingerprint(document(closed.standard)) != closed.standard.fingerprint:
        return "its standard was changed"
    rows, numbers = numbers_hash(export_rows(month, closed.standard.slug))
    if (rows, numbers) != (closed.rows, closed.numbers_hash):
        return "its numbers were changed"
    link = chain_hash(previous, closed.standard.fingerprint, month, numbers)
    return None if link == closed.hash else "its hash was changed"
