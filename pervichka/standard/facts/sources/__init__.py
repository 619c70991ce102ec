"""How work becomes facts: one module a kind of work, listed here."""

from pervichka.standard.facts.rows import Source
from pervichka.standard.facts.sources import events, messaging

SOURCES: tuple[Source, ...] = (events, messaging)
