"""One question a page: the words around a form that sends a few words to another unit."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class WordsForm:
    """`next` says what happens after `action`."""

    title: str
    lead: str
    label: str
    next: str
    action: str
