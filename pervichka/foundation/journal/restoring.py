"""The journal in a database that was restored from a backup."""

from typing import Any

# Ticks are the server's transaction numbers plus an offset. A new server counts from the start
# again, so the offset is raised until its next tick lies above every one that was ever given.
_KEEP_RISING = """
update journal_offset set offset_by = greatest(offset_by, (
    select greatest(
        coalesce((select max(tick) from journal_entry), 0),
        coalesce((select max(up_to_tick) from journal_block), 0),
        coalesce((select max(tick) from journal_cursor), 0)
    ) + 1 - pg_current_xact_id()::text::bigint
))
"""


def keep_ticks_rising(session: Any) -> None:
    """See that new entries come after those restored. `session` is a connection of the owner's."""
    session.execute(_KEEP_RISING)
