"""People are found by the beginning of any of their names, by a phone number or an e-mail address.

By the database's own function, which goes by what is sought and applies the scope after: under the
policies no index would serve. What it finds is read once more as the actor sees it.
"""

from uuid import UUID

from django.db import connection

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.names import normal_name
from pervichka.register.people.queries.found_by_contact import blinds_of
from pervichka.register.people.queries.lines import PersonLine, lines_of
from pervichka.register.people.queries.visible import people_visible_to

MOST_FOUND = 50
_MOST_WORDS = 4
_MOST_LETTERS = 64


def search_people(
    text: str, *, actor: Actor, within: Interval | None = None, most: int = MOST_FOUND
) -> list[PersonLine]:
    """Up to `most` people in the actor's scope, and in the interval if one is given.

    Last names that begin with the first word come first, then first names, then patronymics; each
    further word begins any name of the same person. Raises `Forbidden`; `Refused` where the text
    holds no letter, or too much.
    """
    demand(actor, Permission.SEE_PEOPLE)
    if actor.scope is None:
        return []
    scope = within or actor.scope
    found = ids_found(text, within=scope, most=most)
    people = {
        person.id: person
        for person in people_visible_to(actor).filter(
            id__in=found, place__gte=scope.start, place__lte=scope.end
        )
    }
    return lines_of([people[id_] for id_ in found if id_ in people][:most])


def ids_found(text: str, *, within: Interval, most: int) -> list[UUID]:
    """Up to `most` people of the scope in force and the interval, those first who fit best.

    By a whole number or address it may be others too, beside the interval. Raises `Refused`.
    """
    blinds = blinds_of(text)
    return _named(text, within, most) if blinds is None else _reached(blinds)


def _named(text: str, within: Interval, most: int) -> list[UUID]:
    beginnings = [word for word in map(normal_name, text.split()) if word]
    if not beginnings:
        raise refuse("write the beginning of a name, a phone number or an e-mail address")
    if len(beginnings) > _MOST_WORDS or max(map(len, beginnings)) > _MOST_LETTERS:
        raise refuse("write less: a last name and a first name are enough")
    with connection.cursor() as cursor:
        cursor.execute(
            "select people_named(%s, %s, %s, %s)", [beginnings, within.start, within.end, most]
        )
        (found,) = cursor.fetchone()
    return list(found)


def _reached(blinds: list[bytes]) -> list[UUID]:
    """Whom the number or address leads to within the scope."""
    with connection.cursor() as cursor:
        cursor.execute("select known_people('{}', %s::bytea[], '{}', '{}')", [blinds])
        return [id_ for (id_,) in cursor.fetchall()]
