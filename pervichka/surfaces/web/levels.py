"""The grades of a standard as people read them: words, an icon and a colour, never a colour alone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.standard.rulebook.document import Standard

_WORDS = (
    gettext_noop("Meets the standard"),
    gettext_noop("Mostly"),
    gettext_noop("Partly"),
    gettext_noop("Needs help"),
)
_ICONS = ("circle-check", "circle-plus", "circle-minus", "circle-alert")
BELOW = "D"


@dataclass(frozen=True)
class Level:
    """A grade: its letter in the document, its words, and the names of its colour and icon."""

    letter: str
    title: str
    css: str
    icon: str


def none_yet() -> Level:
    return Level(letter="–", title=_("Too few figures"), css="none", icon="circle-dashed")


def levels_of(document: Standard) -> list[Level]:
    """From the highest to the one below every bound."""
    letters = [*(grade.name for grade in document.grades), BELOW]
    count = len(letters)
    levels = []
    for index, letter in enumerate(letters):
        # A document with other than four levels takes the nearest of our four colours.
        place = round(index * (len(_WORDS) - 1) / max(count - 1, 1))
        title = _(_WORDS[place]) if count == len(_WORDS) else letter
        levels.append(Level(letter=letter, title=title, css=str(place + 1), icon=_ICONS[place]))
    return levels


def level_of(document: Standard, grade: str | None) -> Level:
    """The level of a grade; none where the figures were too few for one."""
    for level in levels_of(document):
        if level.letter == grade:
            return level
    return none_yet()
