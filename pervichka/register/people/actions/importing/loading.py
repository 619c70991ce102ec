"""Those of the register whom the rows of a batch may be: found by code, contact, name and birth."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from pervichka.foundation import vault
from pervichka.register.access.actor import Interval
from pervichka.register.people.actions.importing.known import Agreed, Bond, Known
from pervichka.register.people.actions.importing.rows import Given, Home
from pervichka.register.people.models import Affiliation, Confirmation, Consent, ContactPoint
from pervichka.register.people.sealed_contacts import opened

_FIND = """
select person.id
from known_people(%(codes)s, %(blinds)s::bytea[], %(births)s::date[], %(names)s::text[])
  as known (id)
join person on person.id = known.id and place between %(start)s and %(end)s
"""
_LOAD = """
select person.id, code, last_name, first_name, patronymic, name_key, born_on, address,
  branch_id, place, known_since,
  array(select code from person_alias where person_id = person.id)
from person where id = any(%s) order by id
"""


def load_known(rows: Sequence[Given], scope: Interval) -> tuple[list[Known], dict[str, Known]]:
    """Every person whom one of the rows may be, oldest first; and all of them by every code."""
    born = [
        (row.born_on, key) for row in rows if row.born_on for key in (row.name_key, *row.alike_keys)
    ]
    # As a set: a number that half the list shares is looked up once.
    contacts = {contact for row in rows for contact in row.contacts}
    keys = vault.ring()
    with connection.cursor() as cursor:
        cursor.execute(
            _FIND,
            {
                "start": scope.start,
                "end": scope.end,
                "codes": [row.external_id for row in rows if row.external_id],
                "blinds": [blind for kind, value in contacts for blind in keys.blinds(kind, value)],
                "births": [day for day, _ in born],
                "names": [key for _, key in born],
            },
        )
        ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return [], {}
        cursor.execute(_LOAD, [ids])
        found = cursor.fetchall()
    people: dict[UUID, Known] = {}
    by_code: dict[str, Known] = {}
    for row in found:
        person = _known(row)
        people[person.id] = person
        by_code.update(dict.fromkeys([person.code, *row[11]], person))
    _load_what_follows(people)
    return list(people.values()), by_code


def _known(row: Sequence[object]) -> Known:
    id_, code, last, first, patronymic, key, born_on, address, branch, place, since, _ = row
    return Known(
        id=id_,  # type: ignore[arg-type]  # a row of the query above, and so below
        code=str(code),
        code_is_ours=False,
        last_name=str(last),
        first_name=str(first),
        patronymic=str(patronymic),
        name_key=str(key),
        born_on=born_on,  # type: ignore[arg-type]  # as above
        address=str(address),
        home=Home(branch, place),  # type: ignore[arg-type]  # as above
        known_since=since,  # type: ignore[arg-type]  # as above
        fresh=False,
    )


def _load_what_follows(people: dict[UUID, Known]) -> None:
    ids = list(people)
    keys = vault.ring()
    for id_, person, kind, sealed in ContactPoint.objects.filter(person__in=ids).values_list(
        "id", "person_id", "kind", "sealed"
    ):
        people[person].contacts.add((kind, opened(id_, sealed, keys)))
    for bond in Affiliation.objects.filter(person__in=ids).order_by("valid_from"):
        people[bond.person_id].bonds.append(
            Bond(
                id=bond.id,
                kind=bond.kind,
                valid_from=bond.valid_from,
                valid_to=bond.valid_to,
                stored=True,
            )
        )
    for consent in Consent.objects.filter(person__in=ids):
        people[consent.person_id].agreed.append(
            Agreed(
                id=consent.id,
                text_code=consent.text_code,
                given_on=consent.given_on,
                withdrawn_on=consent.withdrawn_on,
                stored=True,
            )
        )
    for said in Confirmation.objects.filter(person__in=ids):
        people[said.person_id].confirmed.add(said.confirmed_on)
