"""Chance that repeats: every draw and identifier follows from the seed and a path of words."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

T = TypeVar("T")
_VERSION, _VARIANT = 7 << 76, 2 << 62
_EPOCH = date(1970, 1, 1).toordinal()


class Chance(random.Random):
    """A stream of chance of its own for each path, so that one part never shifts another."""

    @classmethod
    def of(cls, seed: int, *path: object) -> "Chance":
        return cls("/".join(map(str, (seed, *path))))

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def id(self, on: date) -> UUID:
        """An identifier as `new_id` would have made it on that day."""
        noon = ((on.toordinal() - _EPOCH) * 24 + 12) * 3_600_000
        bits = self.getrandbits(74)
        return UUID(
            int=(noon << 80) | _VERSION | (bits >> 62) << 64 | _VARIANT | bits & (2**62 - 1)
        )

    def some(self, items: Sequence[T], number: int) -> list[T]:
        """So many different ones, or all there are."""
        return self.sample(items, min(number, len(items)))

    def around(self, middle: float, spread: float) -> float:
        """A number about the middle, never below 0."""
        return max(0.0, self.gauss(middle, spread))


def at_clock(day: date, hour: int, minute: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour, minute), zone)
