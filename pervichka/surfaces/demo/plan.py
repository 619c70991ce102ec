"""What is made up, before any of it is written: branches with their temper, and people."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from pervichka.register.branches.actions.loading import BranchRow


class Temper(StrEnum):
    """How a primary branch works. The labels against which guards can be measured."""

    EXCELLENT = "excellent"
    STEADY = "steady"
    AVERAGE = "average"
    WEAK = "weak"
    # Met and worked once, and has been silent for more than 90 days.
    DORMANT = "dormant"
    # Reports what did not happen: the same faces, the same minutes, ticks alone, entered in bursts.
    PADDING = "padding"


@dataclass(slots=True, kw_only=True, eq=False)
class Made:
    """A made-up person, as far as events and posts need to know them."""

    id: UUID
    code: str
    affiliation: str
    since: date
    keen: float


@dataclass(slots=True, kw_only=True, eq=False)
class Unit:
    """A branch of the plan. `strength` is how well its region works: 1 is as most do."""

    row: BranchRow
    temper: Temper | None = None
    strength: float = 1.0
    silent_since: date | None = None
    children: "list[Unit]" = field(default_factory=list)
    people: list[Made] = field(default_factory=list)
    town: str = ""

    def members(self, on: date) -> list[Made]:
        """Those with a vote at a meeting of that day."""
        return [who for who in self.people if who.affiliation == "member" and who.since <= on]

    def known(self, on: date) -> list[Made]:
        return [who for who in self.people if who.since <= on]
