"""Lists of people: read, checked, matched against the register and each other, taken in batches."""

from pervichka.register.people.actions.importing.columns import COLUMNS
from pervichka.register.people.actions.importing.effect import PeopleEffect, ReasonCount, Unsure
from pervichka.register.people.actions.importing.run import import_people

__all__ = ["COLUMNS", "PeopleEffect", "ReasonCount", "Unsure", "import_people"]
