"""People as the journal speaks of them: by code, for whoever reads it. No names."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.models import Person, PersonAlias
from pervichka.register.people.queries.found_by_contact import reached_at


def people_in_journal(text: str, *, actor: Actor) -> Sequence[Person]:
    """Whom a code, a phone number, an e-mail address or an id of the journal's leads to.

    Several where they share a number; within the actor's part of the tree. Raises `Forbidden`.
    """
    wanted = text.strip()
    matching = reached_at(wanted)
    if matching is None:
        aliased = PersonAlias.objects.filter(code=wanted).values("person_id")
        matching = Q(code=wanted) | Q(id__in=aliased)
        if (id_ := _uuid(wanted)) is not None:
            matching |= Q(id=id_)
    return list(_readable(actor).filter(matching).select_related("branch").order_by("code"))


def codes_in_journal(ids: Iterable[str], *, actor: Actor) -> Mapping[str, str]:
    """The codes of people by the ids that entries know them by. Raises `Forbidden`."""
    wanted = {found for found in map(_uuid, ids) if found is not None}
    rows = _readable(actor).filter(id__in=wanted).values_list("id", "code")
    return {str(id_): code for id_, code in rows}


def _readable(actor: Actor) -> QuerySet[Person]:
    demand(actor, Permission.READ_JOURNAL)
    if actor.scope is None:
        return Person.objects.none()
    return Person.objects.filter(place__gte=actor.scope.start, place__lte=actor.scope.end)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
