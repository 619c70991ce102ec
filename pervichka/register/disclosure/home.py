"""Where something lies, as the journal wants it said, without the branch being read."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Home:
    """A branch's id and place."""

    id: UUID
    place: int
