"""What is true of users, and whether this organisation is made up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pervichka.register.accounts.models import MadeUpOrganisation, User


def user_named(name: str) -> User | None:
    """The user of that name, active or not."""
    return User.objects.filter(name=name).first()


def user_of_person(person_id: UUID) -> User | None:
    return User.objects.filter(person_id=person_id).first()


def is_made_up() -> bool:
    """Whether the people and figures of this database are invented."""
    return MadeUpOrganisation.objects.exists()


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """What kind of invented organisation this is, and which parts of it stand."""

    size: str
    seed: int
    made_on: date
    stages: tuple[str, ...]


def made_up() -> MadeUp | None:
    """None where the people and figures are real, or there are none yet."""
    mark = MadeUpOrganisation.objects.first()
    if mark is None:
        return None
    return MadeUp(size=mark.size, seed=mark.seed, made_on=mark.made_on, stages=tuple(mark.stages))
