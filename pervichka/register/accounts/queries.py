"""What is true of users, and whether this organisation is made up."""

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


def made_up_last_month() -> date | None:
    """The last day for which the made-up organisation has work; none if this one is real."""
    return MadeUpOrganisation.objects.values_list("last_month", flat=True).first()
