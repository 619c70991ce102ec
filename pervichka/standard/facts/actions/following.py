"""Facts kept in step with work: the records that the journal names are derived anew."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from pervichka.foundation.journal.following import Act, acts_waiting
from pervichka.foundation.periods import Month
from pervichka.standard.facts.actions.deriving import refresh_facts
from pervichka.standard.facts.rows import Source
from pervichka.standard.facts.sources import SOURCES

# The follower of the journal whose effects include the derivation of facts.
FOLLOWER = "reactions"


def derive_waiting() -> None:
    """Derive what the worker has not come to yet, so that a score counts all that is committed."""
    derive_from(acts_waiting(FOLLOWER))


def derive_from(acts: Iterable[Act]) -> set[Month]:
    """Derive the facts of the records that these acts changed; the months it touched."""
    subjects: defaultdict[str, set[UUID]] = defaultdict(set)
    for act in acts:
        source = source_of(act.action)
        if source is not None:
            subjects[source.SOURCE].add(UUID(act.subject_id))
    months: set[Month] = set()
    for source in SOURCES:
        if subjects[source.SOURCE]:
            months |= refresh_facts(source=source, subjects=subjects[source.SOURCE])
    return months


def source_of(action: str) -> Source | None:
    """The source whose facts an act may change."""
    return next((source for source in SOURCES if action.startswith(source.ACTION_PREFIXES)), None)
