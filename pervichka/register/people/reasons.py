"""Why somebody above a person's branch opens that person's name: what is asked, when, how long."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor

# A reason given once holds for a day's work: nobody is asked for it again from page to page.
REASON_HOLDS = timedelta(hours=12)
LEAST_WORDS = 3
MOST_CHARACTERS = 500

QUICK: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "record": {
            "en": "I am checking a record behind a number",
            "ru": "Проверяю запись, из которой сложился показатель",
        },
        "asked": {
            "en": "The branch asked for help with this person",
            "ru": "Отделение попросило помочь с этим человеком",
        },
        "complaint": {
            "en": "The person has complained or asked a question",
            "ru": "Человек пожаловался или задал вопрос",
        },
    }
)


class HasHome(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def branch_id(self) -> UUID: ...


class ReasonNeeded(Refused):
    """The person belongs to another branch than the actor acts for, and no reason was given yet."""

    def __init__(self) -> None:
        super().__init__(
            Reason(message="say first why you open the name of a person of another branch")
        )


def is_from_above(by: Actor, person: HasHome) -> bool:
    """Whether the actor looks from above the person's branch. The local operator acts for none."""
    return (
        by.branch_id is not None and person.branch_id != by.branch_id and person.id != by.person_id
    )


def checked_reason(reason: str) -> str:
    """The reason as it is kept: a quick choice's code, or a few words. Raises `Refused`."""
    plain = " ".join(reason.split())
    if plain in QUICK:
        return plain
    if len(plain.split()) < LEAST_WORDS:
        raise refuse("write in a few words why you need the name")
    if len(plain) > MOST_CHARACTERS:
        raise refuse("write no more than {most} characters", most=MOST_CHARACTERS)
    return plain
