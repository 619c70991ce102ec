"""Whether the ledger is as it was written, and whether what is in force follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pervichka.register.people.ledger import LEDGER
from pervichka.register.people.queries.ledger import strange_salts, unfounded_consents


@dataclass(frozen=True, kw_only=True)
class LedgerFlaw:
    """What is wrong, with the block and the row or the person where it is."""

    where: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LedgerProof:
    """`head` is the hash to compare with one kept elsewhere; no flaws, all is as it was."""

    head: str
    flaws: Sequence[LedgerFlaw]


def verify_ledger() -> LedgerProof:
    """Compute everything anew, chain, salts and what is in force, and name whatever differs."""
    flaws = [
        LedgerFlaw(
            where=f"block {flaw.block}" + ("" if flaw.row is None else f", row {flaw.row}"),
            reason=flaw.reason,
        )
        for flaw in LEDGER.verify()
    ]
    flaws += [
        LedgerFlaw(where=f"person {person}", reason="the salt does not lead to the person's rows")
        for person in strange_salts()
    ]
    flaws += [
        LedgerFlaw(
            where=f"person {person}", reason=f"{text} is in force without a row that says so"
        )
        for person, text in unfounded_consents()
    ]
    return LedgerProof(head=LEDGER.head, flaws=flaws)
