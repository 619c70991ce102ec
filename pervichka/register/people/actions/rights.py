"""Whether an actor may change what the register says of a person."""

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import Nobody
from pervichka.register.people.models import Person

# A person on their own behalf whom the journal must not tell from others.
SOMEBODY = Actor(code="self", role=Nobody, scope=None)


def demand_change(by: Actor, person: Person) -> None:
    """Raise `Forbidden` unless it is the actor's own record or lies in their scope."""
    if by.person_id != person.id:
        demand(by, Permission.CHANGE_PEOPLE, person)
