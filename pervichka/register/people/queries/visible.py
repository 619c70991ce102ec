"""Which people an actor sees at all: the first lock on every read of personal data."""

from django.db.models import QuerySet

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.people.models import Person


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """People in the actor's scope, if they may see people; and always their own record."""
    own = Person.objects.filter(id=actor.person_id) if actor.person_id else Person.objects.none()
    if not actor.may(Permission.SEE_PEOPLE) or actor.scope is None:
        return own
    there = Person.objects.filter(place__gte=actor.scope.start, place__lte=actor.scope.end)
    return there | own
