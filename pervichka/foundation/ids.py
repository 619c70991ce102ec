"""Identifiers of rows: time-ordered UUIDs (RFC 9562, version 7), so that indexes grow at the end.

The time inside orders rows on disk; nothing reads it as the moment of anything.
"""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()
