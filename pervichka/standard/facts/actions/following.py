"""Facts kept in step with work: the records that the journal names are derived anew."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.periods import Month
from pervichka.standard.facts.actions.deriving import refresh_facts
from pervichka.standard.facts.rows import Source
from pervichka.standard.facts.sources import SOURCES


def derive_from(entries: Iterable[Entry]) -> set[Month]:
    """Derive the facts of the records that these entries speak of; the months it touched."""
    subjects: defaultdict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        source = source_of(entry.action)
        if source is not None:
            subjects[source.SOURCE].add(UUID(entry.subject_id))
    months: set[Month] = set()
    for source in SOURCES:
        if subjects[source.SOURCE]:
            months |= refresh_facts(source=source, subjects=subjects[source.SOURCE])
    return months


def source_of(action: str) -> Source | None:
    """The source whose facts an act may change."""
    return next((source for source in SOURCES if action.startswith(source.ACTION_PREFIX)), None)
