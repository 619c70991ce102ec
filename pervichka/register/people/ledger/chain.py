"""The chain over the ledger. What follows a branch's moves (`place`) is not sealed."""

from datetime import UTC

from pervichka.foundation.journal.chain import Chain
from pervichka.register.people.models import LedgerBlock, LedgerEntry


def _plain(row: LedgerEntry) -> list[object]:
    return [
        bytes(row.subject).hex(),
        str(row.branch_id),
        row.event,
        row.basis,
        row.purpose,
        row.channel,
        row.text_code,
        row.text_version,
        None if row.happened_on is None else row.happened_on.isoformat(),
        row.actor,
        row.proof,
        row.proof_number,
        row.recorded_at.astimezone(UTC).isoformat(),
    ]


LEDGER = Chain(rows=LedgerEntry, blocks=LedgerBlock, plain=_plain, lock=0x6C656467)
