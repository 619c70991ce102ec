"""Who did and who saw what, newest first, by person, actor or part of the tree.

Each goes by an index of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from pervichka.foundation.journal.models import Entry

# Where the newest entries of many places are wanted: of each place its newest by a step along the
# index, and then the entries of those places alone that can be among the newest of all. RLS lets
# through what the scope holds, as everywhere.
_NEWEST_OF_PLACES = """
with recursive places (place) as (
  (select place_now from journal_entry
   where {kept} and place_now >= %(start)s and place_now <= %(end)s order by place_now limit 1)
  union all
  select (select place_now from journal_entry
    where {kept} and place_now > places.place and place_now <= %(end)s order by place_now limit 1)
  from places where places.place is not null
), newest as (
  select places.place, (select id from journal_entry
    where {kept} and action <> all(%(besides)s) and place_now = places.place and id < %(before)s
    order by id desc limit 1) as id
  from places where places.place is not null
), fitting as (
  select place from newest where id is not null order by id desc limit %(limit)s
)
select entry.id from fitting cross join lateral (
  select id from journal_entry
  where {kept} and action <> all(%(besides)s) and place_now = fitting.place and id < %(before)s
  order by id desc limit %(limit)s
) entry
order by id desc limit %(limit)s
"""
_NEVER = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Written:
    """An entry as it is read: who did what to what, where and when.

    `fields` are names of what changed or was seen. `look`: personal data was looked at.
    """

    id: int
    at: datetime
    actor: str
    action: str
    subject_type: str
    subject_id: str
    branch_id: UUID | None
    fields: Sequence[str]
    look: bool


def entries(
    *,
    subjects: Sequence[str] = (),
    actor: str = "",
    within: tuple[int, int] | None = None,
    looks: bool = False,
    besides: Sequence[str] = (),
    before: int | None = None,
    limit: int = 50,
) -> list[Written]:
    """The newest entries that fit all of what is given, older than the entry `before`.

    An entry is where its branch stands today, wherever that stood when it was written.

    `subjects` are ids of what the entry is about; `within` the first and last place of a part of
    the tree, none meaning also what concerns no branch; `looks` leaves out all but looks at
    personal data; `besides` are actions that are left out. What the scope in force does not hold is
    not there.
    """
    found = Entry.objects.filter(id__lt=_NEVER if before is None else before)
    if looks:
        found = found.filter(look=True)
    if besides:
        found = found.exclude(action__in=besides)
    if subjects:
        found = found.filter(subject_id__in=subjects)
    if actor:
        found = found.filter(actor=actor)
    if within is not None:
        if not subjects and not actor:
            found = Entry.objects.filter(id__in=_newest(within, looks, besides, before, limit))
        else:
            found = found.filter(place_now__gte=within[0], place_now__lte=within[1])
    return [_written(row) for row in found.order_by("-id")[:limit]]


def written_since(action: str, since: datetime, *, place: int) -> int:
    """How many entries of that action the scope in force holds, of the branch that stands there."""
    return Entry.objects.filter(place_now=place, action=action, at__gte=since).count()


def _newest(
    within: tuple[int, int],
    looks: bool,  # noqa: FBT001 - handed on
    besides: Sequence[str],
    before: int | None,
    limit: int,
) -> list[int]:
    values: dict[str, int | list[str]] = {
        "besides": list(besides),
        "start": within[0],
        "end": within[1],
        "before": _NEVER if before is None else before,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_OF_PLACES.format(kept="look" if looks else "true"), values)
        return [id_ for (id_,) in cursor.fetchall()]


def _written(row: Entry) -> Written:
    return Written(
        id=row.id,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        branch_id=row.branch_id,
        fields=row.fields,
        look=row.look,
    )
