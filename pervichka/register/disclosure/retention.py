"""What is kept of exports for a time only: the files, and what nobody decided or made."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.disclosure.actions import destroy_exports
from pervichka.register.disclosure.queries.exports import expired_exports
from pervichka.register.retention.kinds import Kind


def _destroy(keys: Sequence[UUID], by: Actor, at: datetime) -> None:
    destroy_exports(export_ids=keys, by=by, at=at)


# How long a file can be downloaded stands in the policy of exports: it is told to whoever asks.
KINDS = (Kind(code="exports", starts={"expired": expired_exports}, ends={"destroy": _destroy}),)
