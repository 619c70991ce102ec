"""A journal of as many entries as are asked for, always the same ones.

A country of 90,000 branches, of which one is busy; secretaries, those of regions and headquarters,
the program and the command line act; a person in a thousand entries is one whom all look at.
"""

import hashlib
from typing import Final
from uuid import UUID

from bench.bulk import indexed_afterwards

BRANCHES: Final = 90_000
PEOPLE_OF_A_BRANCH: Final = 33
REGION_SIZE: Final = 1_100
# The busy branch has one entry in a hundred.
BUSY: Final = 12_345
# This region's entries lie in the first half alone: its newest are far from the newest of all.
QUIET: Final = (40 * REGION_SIZE, 41 * REGION_SIZE - 1)
_AT_ONCE = 1_000_000

# One entry in twenty is a look, one look in three at a list. Two entries to a transaction.
_FILL = f"""
insert into journal_entry
  (id, tick, at, actor, action, subject_type, subject_id, branch_id, place, fields, look)
select i, i / 2 + 1, timestamptz '2021-01-01' + i * interval '16 seconds',
  case
    when by < 5 then 'system'
    when by < 7 then 'operator'
    when by < 10 then 'user:' || md5('headquarters ' || who % 20)::uuid
    when by < 20 then 'user:' || md5('region ' || place / {REGION_SIZE} || ' ' || who % 3)::uuid
    else 'user:' || md5('secretary ' || place)::uuid
  end,
  case
    when what >= 950 then case when about < 333 then 'look.people' else 'look.person' end
    when what < 20 then 'scores.computed'
    when what < 200 then 'event.attendance_ticked'
    when what < 500 then 'person.enrolled'
    else 'person.changed'
  end,
  case
    when what >= 950 and about < 333 then 'branches.branch'
    when what < 20 then 'scores.period'
    when what < 200 then 'events.event'
    else 'people.person'
  end,
  case
    when what >= 950 and about < 333 then md5('branch ' || place)::uuid::text
    when what < 20 then 'all'
    when what < 200 then md5('event ' || place || ' ' || who % 50)::uuid::text
    when about = 999 then md5('person 0')::uuid::text
    else md5('person ' || place * {PEOPLE_OF_A_BRANCH} + who % {PEOPLE_OF_A_BRANCH})::uuid::text
  end,
  case when what >= 20 then md5('branch ' || place)::uuid end,
  case when what >= 20 then place end,
  case when what >= 950 and about < 333 then '["rows 37"]' when what < 500 then '[]'
    else '["phone"]' end::jsonb,
  what >= 950
from (
  select i, by, what, about, who,
    case when place between {QUIET[0]} and {QUIET[1]} and i > %(entries)s / 2
      then place + 2 * {REGION_SIZE} else place end as place
  from (
    select i, (h & 127) * 100 / 128 as by, (h >> 7 & 1023) * 1000 / 1024 as what,
      (h >> 17 & 1023) * 1000 / 1024 as about, h >> 27 & 65535 as who,
      case when (h >> 43 & 127) = 7 then {BUSY}
        else (hashint8extended(i, 1) & 2147483647) %% {BRANCHES} end as place
    from (
      select i, hashint8extended(i, 0) as h from generate_series(%(first)s, %(last)s) as i
    ) numbered
  ) drawn
) placed
""".replace(" % ", " %% ")  # noqa: S608 - fixed numbers


def fill(entries: int) -> None:
    """So many entries, written as the owner, whose transactions are all over."""
    from django.db import connections  # noqa: PLC0415 - after Django is set up

    with connections["owner"].cursor() as cursor:
        cursor.execute("update journal_offset set offset_by = %s", [entries])
        with indexed_afterwards(cursor, "journal_entry"):
            for first in range(1, entries + 1, _AT_ONCE):
                last = min(first + _AT_ONCE - 1, entries)
                cursor.execute(_FILL, {"entries": entries, "first": first, "last": last})
        cursor.execute(
            "select setval(pg_get_serial_sequence('journal_entry', 'id'), %s)", [entries]
        )


def uuid_of(what: str) -> str:
    """The id by which an entry knows `branch 7`, `person 7`, `secretary 7` …"""
    return str(UUID(hashlib.md5(what.encode(), usedforsecurity=False).hexdigest()))
