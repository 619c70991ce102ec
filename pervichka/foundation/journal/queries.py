"""Who did and who saw what, the newest first, by person, actor, part of the tree and period.

Entries stand in the order of (at, id), and so does each index: a page begins where the one before
ended, and a period bounds a search alike.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.journal.reading import along_an_index

# RLS lets through what the scope holds, as everywhere.
_NEWEST = """
select * from journal_entry
where {kept} and (at, id) < (%(until)s, %(before)s) and at >= %(since)s
order by at desc, id desc limit %(limit)s
"""
# Of a part of the tree: a step along the index from place to place, of each its newest entry; then
# the entries of those places alone whose newest can be among those wanted, and no older ones than
# the newest of the last of them.
_NEWEST_OF_PLACES = """
with recursive places (place, at, id) as (
  (select place_now as place, at, id from journal_entry
   where {kept} and place_now >= %(first)s and place_now <= %(last)s
   order by place_now, at desc, id desc limit 1)
  union all
  select next.* from places cross join lateral (
    select place_now as place, at, id from journal_entry
    where {kept} and place_now > places.place and place_now <= %(last)s
    order by place_now, at desc, id desc limit 1) next
), newest as (
  select * from places where (at, id) < (%(until)s, %(before)s)
  union all
  select older.* from places cross join lateral (
    select place_now as place, at, id from journal_entry
    where {kept} and place_now = places.place and (at, id) < (%(until)s, %(before)s)
    order by at desc, id desc limit 1) older
  where (places.at, places.id) >= (%(until)s, %(before)s)
), fitting as (
  select * from newest where at >= %(since)s order by at desc, id desc limit %(limit)s
), oldest as materialized (
  select coalesce(
    (select at from fitting order by at desc, id desc offset %(limit)s - 1), %(since)s) as at
)
select entry.* from fitting cross join oldest cross join lateral (
  select * from journal_entry
  where {kept} and place_now = fitting.place and (at, id) < (%(until)s, %(before)s)
    and journal_entry.at >= oldest.at
  order by at desc, id desc limit %(limit)s
) entry
order by at desc, id desc limit %(limit)s
"""


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
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Written]:
    """The newest entries that fit all of what is given, in the order after the entry `before`.

    An entry is where its branch stands today, wherever that stood when it was written.

    `subjects` are ids of what the entry is about; `within` the first and last place of a part of
    the tree, none meaning also what concerns no branch; `looks` leaves out all but looks at
    personal data; `besides` are actions that are left out; `since` is the first moment, `until` the
    first no longer meant. What the scope in force does not hold is not there, and nothing comes
    after it.
    """
    values: dict[str, object] = {
        "since": since or "-infinity",
        "until": until or "infinity",
        # No entry has it: of those written at `until` itself none is meant.
        "before": 0,
        "limit": limit,
    }
    if before is not None:
        at = Entry.objects.filter(id=before).values_list("at", flat=True).first()
        if at is None:
            return []
        values |= _after(at, before, until)
    kept = ["look"] if looks else []
    if subjects:
        kept.append("subject_id = any(%(subjects)s)")
        values["subjects"] = list(subjects)
    if actor:
        kept.append("actor = %(actor)s")
        values["actor"] = actor
    if besides:
        kept.append("action <> all(%(besides)s)")
        values["besides"] = list(besides)
    text = _NEWEST
    if within is not None:
        values["first"], values["last"] = within
        if subjects or actor:
            kept.append("place_now between %(first)s and %(last)s")
        else:
            text = _NEWEST_OF_PLACES
    found = Entry.objects.raw(text.format(kept=" and ".join(kept) or "true"), values)
    with along_an_index() if text is _NEWEST_OF_PLACES else nullcontext():
        return [_written(row) for row in found]


def _after(at: datetime, before: int, until: datetime | None) -> dict[str, object]:
    """Where the page begins: after the entry, unless the period ends earlier than that."""
    return {"until": at, "before": before} if until is None or at < until else {}


def written_since(action: str, since: datetime, *, place: int) -> int:
    """How many entries of that action the scope in force holds, of the branch that stands there."""
    return Entry.objects.filter(place_now=place, action=action, at__gte=since).count()


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
