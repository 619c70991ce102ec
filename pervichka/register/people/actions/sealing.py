"""Sealing the ledger behind its writers."""

from datetime import datetime

from pervichka.register.people.ledger import LEDGER


def seal_ledger(*, at: datetime) -> int:
    """Seal what is finished; the number of rows."""
    return LEDGER.seal(at=at)
