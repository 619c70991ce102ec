"""How often and how well branches of each temper meet, and what the months do to all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pervichka.surfaces.demo.plan import Temper


@dataclass(frozen=True, kw_only=True)
class Habit:
    """Chances, each from 0 to 1; `meets` and `gathers` are for an ordinary month.

    quorate: enough people come; by_code: they check in on their own phones; confirmed: somebody
    else confirms the head count; minuted: the minutes are out in time; invites, answers: as said.
    """

    meets: float
    gathers: float
    quorate: float
    by_code: float
    confirmed: float
    minuted: float
    invites: float
    answers: float


HABITS: Mapping[Temper, Habit] = MappingProxyType(
    {
        Temper.EXCELLENT: Habit(
            meets=0.85, gathers=0.95, quorate=0.96, by_code=0.9, confirmed=0.6, minuted=0.97,
            invites=1.0, answers=0.6,
        ),
        Temper.STEADY: Habit(
            meets=0.55, gathers=0.66, quorate=0.9, by_code=0.7, confirmed=0.3, minuted=0.9,
            invites=0.8, answers=0.45,
        ),
        Temper.AVERAGE: Habit(
            meets=0.42, gathers=0.5, quorate=0.78, by_code=0.55, confirmed=0.12, minuted=0.7,
            invites=0.55, answers=0.35,
        ),
        Temper.WEAK: Habit(
            meets=0.16, gathers=0.12, quorate=0.5, by_code=0.08, confirmed=0.02, minuted=0.4,
            invites=0.35, answers=0.15,
        ),
        Temper.DORMANT: Habit(
            meets=0.22, gathers=0.18, quorate=0.55, by_code=0.1, confirmed=0.03, minuted=0.4,
            invites=0.4, answers=0.15,
        ),
        Temper.PADDING: Habit(
            meets=0.95, gathers=0.9, quorate=1.0, by_code=0.0, confirmed=0.0, minuted=1.0,
            invites=0.1, answers=0.05,
        ),
    }
)  # fmt: skip

# January rests until the tenth; in July and August people are at their dachas.
SEASON: Mapping[int, float] = MappingProxyType(
    {
        1: 0.6, 2: 0.95, 3: 1.05, 4: 1.12, 5: 0.9, 6: 0.75,
        7: 0.48, 8: 0.55, 9: 1.05, 10: 1.15, 11: 1.08, 12: 0.85,
    }
)  # fmt: skip
