"""Writing a batch: what is new by COPY, what changed by one statement a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import connection

from pervichka.foundation import vault
from pervichka.foundation.ids import new_id
from pervichka.register.access.actor import Actor
from pervichka.register.branches.actions.bulk import copy_in
from pervichka.register.people.actions.enrolment import new_code
from pervichka.register.people.actions.importing.known import Agreed, Known
from pervichka.register.people.actions.importing.matching import Suspected
from pervichka.register.people.ledger import Happening, write_ledger
from pervichka.register.people.models import LedgerEvent, Proof
from pervichka.register.people.sealed_contacts import stored
from pervichka.register.texts.queries import latest_texts
from pervichka.register.texts.wording import ConsentText

_PERSON = (
    "id",
    "code",
    "last_name",
    "first_name",
    "patronymic",
    "name_key",
    "born_on",
    "address",
    "branch_id",
    "place",
    "known_since",
)
_TYPES = ("uuid", "text", "text", "text", "text", "text", "date", "text", "uuid", "bigint", "date")
_FOLLOWING = (
    "contact_point",
    "affiliation",
    "confirmation",
    "consent",
    "person_alias",
    "person_salt",
    "duplicate_suspicion",
)


_CONTACT_POINT = ("id", "sealed", "blind_index", "person_id", "branch_id", "place", "kind")


def write(
    made: Sequence[Known], changed: Sequence[Known], *, digest: str, by: Actor, at: datetime
) -> None:
    """Store new people and what others have learnt; `digest` is the file's."""
    _leave_taken_codes(made, changed)
    # Before anything is copied: while a COPY runs, nothing can be asked.
    texts = latest_texts()
    _update(changed)
    copy_in("person", _PERSON, map(_values, made))
    everyone = [*made, *changed]
    copy_in("contact_point", _CONTACT_POINT, _contact_points(everyone))
    copy_in(
        "confirmation",
        ("id", "person_id", "branch_id", "place", "confirmed_on"),
        ((new_id(), *_of(person), day) for person in everyone for day in person.new_confirmed),
    )
    copy_in(
        "consent",
        ("id", "person_id", "branch_id", "place", "text_code", "text_version", "given_on"),
        (
            (agreed.id, *_of(person), text.code, text.version, agreed.given_on)
            for person, agreed, text in _agreed(everyone, texts)
        ),
    )
    write_ledger(
        (
            Happening(
                person_id=person.id,
                branch_id=person.home.id,
                place=person.home.place,
                event=LedgerEvent.ASSERTED.value,
                text=text,
                on=agreed.given_on,
                proof=Proof.IMPORT.value,
                proof_number=digest,
            )
            for person, agreed, text in _agreed(everyone, texts)
        ),
        by=by,
        at=at,
    )
    copy_in(
        "person_alias",
        ("code", "person_id", "branch_id", "place"),
        (
            (code, *_of(person))
            for person in everyone
            for code in dict.fromkeys(person.new_aliases)
            if code != person.code
        ),
    )
    copy_in(
        "affiliation",
        ("id", "person_id", "branch_id", "place", "kind", "valid_from", "valid_to"),
        (
            (bond.id, *_of(person), bond.kind, bond.valid_from, bond.valid_to)
            for person in everyone
            for bond in person.bonds
            if not bond.stored
        ),
    )


def _leave_taken_codes(made: Sequence[Known], changed: Sequence[Known]) -> None:
    """A code that somebody out of sight has stays theirs, and nothing tells that they have it.

    Those in sight were found by their codes, so what is taken here is taken elsewhere.
    """
    everyone = [*made, *changed]
    codes = {person.code for person in made} | {
        code for person in everyone for code in person.new_aliases
    }
    with connection.cursor() as cursor:
        cursor.execute("select taken_codes(%s)", [sorted(codes)])
        (taken,) = cursor.fetchone()
    for person in everyone if taken else ():
        person.new_aliases = [code for code in person.new_aliases if code not in taken]
        if person.fresh and person.code in taken:
            person.code, person.code_is_ours = new_code(), True


def _agreed(
    people: Iterable[Known], texts: Mapping[str, ConsentText]
) -> Iterator[tuple[Known, Agreed, ConsentText]]:
    """What is new of consents; a list says of others what they agreed to, so it is asserted."""
    for person in people:
        for agreed in person.agreed:
            if not agreed.stored:
                yield person, agreed, texts[agreed.text_code]


def write_suspicions(suspected: Iterable[Suspected]) -> int:
    """Store pairs not noted before, either way round; the count of those that are new."""
    pairs: dict[frozenset[object], tuple[object, ...]] = {}
    for item in suspected:
        person, other = item.person.itself(), item.other.itself()
        if person is not other:
            pairs.setdefault(
                frozenset((person.id, other.id)),
                (new_id(), person.id, other.id, person.home.id, person.home.place, item.reason),
            )
    if not pairs:
        return 0
    columns = [list(column) for column in zip(*pairs.values(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into duplicate_suspicion (id, person_id, other_id, branch_id, place, reason)
            select wanted.* from unnest(
              %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::bigint[], %s::text[]
            ) as wanted (id, person_id, other_id, branch_id, place, reason)
            where not exists (
              select from duplicate_suspicion noted
              where (noted.person_id, noted.other_id) in (
                (wanted.person_id, wanted.other_id), (wanted.other_id, wanted.person_id)
              )
            )
            """,
            columns,
        )
        return int(cursor.rowcount)


def _contact_points(people: Iterable[Known]) -> Iterator[tuple[object, ...]]:
    keys = vault.ring()
    for person in people:
        for kind, value in person.new_contacts:
            id_ = new_id()
            yield (id_, *stored(id_, kind, value, keys), *_of(person), kind)


def _values(person: Known) -> tuple[object, ...]:
    return (
        person.id,
        person.code,
        person.last_name,
        person.first_name,
        person.patronymic,
        person.name_key,
        person.born_on,
        person.address,
        person.home.id,
        person.home.place,
        person.known_since,
    )


def _of(person: Known) -> tuple[object, object, object]:
    return person.id, person.home.id, person.home.place


def _update(changed: Sequence[Known]) -> None:
    if not changed:
        return
    columns = [list(column) for column in zip(*map(_values, changed), strict=True)]
    casts = ", ".join(f"%s::{type_}[]" for type_ in _TYPES)
    sets = ", ".join(f"{name} = given.{name}" for name in _PERSON[1:])
    names = ", ".join(_PERSON)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update person set {sets} from unnest({casts}) as given ({names})"  # noqa: S608 - fixed names of our own table
            " where person.id = given.id",
            columns,
        )
    _update_bonds(changed)
    _move([person for person in changed if "branch" in person.changed])


def _update_bonds(changed: Sequence[Known]) -> None:
    bonds = [bond for person in changed for bond in person.bonds if bond.stored and bond.changed]
    with connection.cursor() as cursor:
        cursor.execute(
            "update affiliation set kind = given.kind, valid_from = given.valid_from,"
            " valid_to = given.valid_to"
            " from unnest(%s::uuid[], %s::text[], %s::date[], %s::date[])"
            " as given (id, kind, valid_from, valid_to) where affiliation.id = given.id",
            [
                [bond.id for bond in bonds],
                [bond.kind for bond in bonds],
                [bond.valid_from for bond in bonds],
                [bond.valid_to for bond in bonds],
            ],
        )


def _move(people: Sequence[Known]) -> None:
    """What follows a person goes along to their new home."""
    if not people:
        return
    columns = [list(column) for column in zip(*map(_of, people), strict=True)]
    with connection.cursor() as cursor:
        for table in _FOLLOWING:
            cursor.execute(
                f"update {table} set branch_id = given.branch_id, place = given.place"  # noqa: S608 - fixed names of our own tables
                " from unnest(%s::uuid[], %s::uuid[], %s::bigint[])"
                " as given (person_id, branch_id, place)"
                f" where {table}.person_id = given.person_id",
                columns,
            )
