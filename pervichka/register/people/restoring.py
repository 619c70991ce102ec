"""What a restored database must be told of those who were erased, and asked not to be held."""

from typing import Any

from pervichka.register.people import erasure_log

_ACTS = "select number, erased_at, person_id, hash from erasure order by number"
_SUPPRESSED = "select id, blind_index, key_version, suppressed_on from suppression"
_SUPPRESS = """
insert into suppression (id, blind_index, key_version, suppressed_on) values (%s, %s, %s, %s)
on conflict do nothing
"""
Suppressions = list[tuple[Any, ...]]


def remember(session: Any) -> Suppressions:
    """From the database that goes: its acts into the file beside the keys, its suppressions here.

    `session` is a connection of the owner's. Nothing of a database too old to have any.
    """
    if session.execute("select to_regclass('erasure')").fetchone()[0] is None:
        return []
    erasure_log.add(
        erasure_log.Line(number=number, erased_at=at, person_id=person, hash=hash_)
        for number, at, person, hash_ in session.execute(_ACTS).fetchall()
    )
    return list(session.execute(_SUPPRESSED).fetchall())


def suppress_again(session: Any, remembered: Suppressions) -> None:
    """Into the database that comes, as its owner."""
    with session.cursor() as cursor:
        cursor.executemany(_SUPPRESS, remembered)
