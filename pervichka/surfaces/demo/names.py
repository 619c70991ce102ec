"""Believable people: surnames in their two forms, a name and a patronymic to go with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from mimesis import Person
from mimesis.enums import Gender
from mimesis.locales import Locale

from pervichka.surfaces.demo.seeded import Chance
from pervichka.surfaces.demo.words import MEN, PATRONYMICS, WOMEN

_DRAWS = 6_000
_MEN_S = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ко", "ук", "юк")
_WOMEN_S = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "ко", "ук", "юк")


@dataclass(frozen=True, slots=True)
class Name:
    last: str
    first: str
    patronymic: str
    woman: bool


@cache
def surnames() -> tuple[Sequence[str], Sequence[str]]:
    """Of men and of women; the same ones whatever the seed."""
    source = Person(Locale.RU, seed=1)
    men = {source.surname(gender=Gender.MALE) for _ in range(_DRAWS)}
    women = {source.surname(gender=Gender.FEMALE) for _ in range(_DRAWS)}
    return (
        sorted(name for name in men if name.endswith(_MEN_S)),
        sorted(name for name in women if name.endswith(_WOMEN_S)),
    )


def a_name(chance: Chance) -> Name:
    """Women are a little more than half of those who come to meetings."""
    woman = chance.happens(0.56)
    men_s, women_s = surnames()
    # Some first names are much more frequent than others.
    index = int(len(WOMEN if woman else MEN) * chance.random() ** 1.6)
    return Name(
        last=chance.choice(women_s if woman else men_s),
        first=(WOMEN if woman else MEN)[index],
        patronymic=chance.choice(PATRONYMICS)[woman],
        woman=woman,
    )
