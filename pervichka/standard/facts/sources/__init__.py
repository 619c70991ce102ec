"""How work becomes facts: one module a kind of work, listed here."""

from pervichka.standard.facts.rows import Source

SOURCES: tuple[Source, ...] = ()
