"""Sealing the journal: finished entries are gathered into blocks, each hashed over the one before.

A chain held until commit would make every write wait for the one before it, so one sealer walks
behind the writers instead: it takes what lies below the oldest open transaction.
"""

from datetime import datetime

from pervichka.foundation.journal.chain import (
    GENESIS,
    Chain,
    ChainFlaw,
    ChainHead,
    horizon,
    moment,
)
from pervichka.foundation.journal.models import Block, Entry

__all__ = ["GENESIS", "JOURNAL", "head", "horizon", "seal", "verify"]

JOURNAL = Chain(
    rows=Entry,
    blocks=Block,
    plain=(
        moment("at"),
        "actor",
        "action",
        "subject_type",
        "subject_id",
        "branch_id",
        "place",
        "fields",
        "look",
    ),
    lock=0x6A6F7572,
)


def seal(*, at: datetime) -> int:
    """Seal what is finished; the number of entries. Nothing new, or another sealer at work: 0."""
    return JOURNAL.seal(at=at)


def verify(*, since: int = 1) -> list[ChainFlaw]:
    """Every flaw of the chain, in order; none means that no sealed entry was touched."""
    return JOURNAL.verify(since=since)


def head() -> ChainHead:
    """The last block, whose hash is published so that no end of the journal can be cut off."""
    return JOURNAL.last()
