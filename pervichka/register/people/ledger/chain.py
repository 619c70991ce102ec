"""The chain over the ledger. What follows a branch's moves (`place`) is not sealed."""

from pervichka.foundation.journal.chain import Chain, moment
from pervichka.register.people.models import LedgerBlock, LedgerEntry

LEDGER = Chain(
    rows=LedgerEntry,
    blocks=LedgerBlock,
    plain=(
        "encode(subject, 'hex')",
        "branch_id",
        "event",
        "basis",
        "purpose",
        "channel",
        "text_code",
        "text_version",
        "to_char(happened_on, 'YYYY-MM-DD')",
        "actor",
        "proof",
        "proof_number",
        moment("recorded_at"),
    ),
    lock=0x6C656467,
)
