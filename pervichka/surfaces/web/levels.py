"""The grades of a standard in words, with an icon and a colour: never a colour alone."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.standard.rulebook.document import Standard

BELOW = "D"


@dataclass(frozen=True)
class Level:
    """A grade: its letter in the document, its words, and the names of its colour and icon."""

    letter: str
    title: str
    css: str
    icon: str


# From the highest; the words are translated when shown.
_LEVELS = (
    Level(letter="A", title=gettext_noop("Meets the standard"), css="1", icon="circle-check"),
    Level(letter="B", title=gettext_noop("Mostly"), css="2", icon="circle-plus"),
    Level(letter="C", title=gettext_noop("Partly"), css="3", icon="circle-minus"),
    Level(letter="D", title=gettext_noop("Needs help"), css="4", icon="circle-alert"),
)


def none_yet() -> Level:
    return Level(letter="–", title=_("Too few figures"), css="none", icon="circle-dashed")


def levels_of(document: Standard) -> list[Level]:
    """From the highest to the one below every bound.

    A document with other than four takes the nearest of our four colours, and its own letters.
    """
    letters = [*(grade.name for grade in document.grades), BELOW]
    levels = []
    for index, letter in enumerate(letters):
        like = _LEVELS[round(index * (len(_LEVELS) - 1) / max(len(letters) - 1, 1))]
        title = _(like.title) if len(letters) == len(_LEVELS) else letter
        levels.append(replace(like, letter=letter, title=title))
    return levels


def level_of(document: Standard, grade: str | None) -> Level:
    """The level of a grade; none where the figures were too few for one."""
    for level in levels_of(document):
        if level.letter == grade:
            return level
    return none_yet()


def level_of_points(document: Standard, points: float | None) -> Level:
    """The level that these points would earn by themselves: for one indicator on a map."""
    if points is None:
        return none_yet()
    bounds = [grade.bound for grade in document.grades]
    place = next((at for at, bound in enumerate(bounds) if points >= bound - 1e-9), len(bounds))
    return levels_of(document)[place]
