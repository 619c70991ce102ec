"""Precincts that no living branch covers: where nobody meets anyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.snapshot import PRECINCTS


@dataclass(frozen=True)
class BarePrecinct:
    """A precinct without a living branch, and the nearest living unit above its territory."""

    region: str
    territory: str
    number: int
    voters: int | None
    unit_code: str
    unit_name: str
    unit_name_ru: str


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many precincts the actor's scope has that day, how many are bare, and a page of those.

    `found` are the bare ones that the filters leave; `regions` the codes of those that have any.
    """

    precincts: int
    bare: int
    found: int
    regions: tuple[str, ...]
    rows: tuple[BarePrecinct, ...]


# Put together from the text above and, when it runs, a date and two whole numbers.
_REACH = f"""
with valid as ({PRECINCTS}),
scoped as (
  select precinct.region, precinct.territory, precinct.number, valid.voters, valid.covered_by,
    branch.code as unit_code, branch.name as unit_name, branch.name_ru as unit_name_ru
  from valid
  join branch on branch.code = valid.branch
  join precinct on precinct.region || '/' || precinct.number = valid.precinct
    and (precinct.valid_from is null or precinct.valid_from <= {{day}})
    and (precinct.valid_to is null or precinct.valid_to > {{day}})
),
found as (
  select * from scoped
  where covered_by is null and %(region)s in ('', region)
    and (%(search)s = '' or number::text = %(search)s
      or position(lower(%(search)s) in lower(territory)) > 0)
),
counts as (
  select count(*) as precincts, count(*) filter (where covered_by is null) as bare,
    array_agg(distinct region order by region) filter (where covered_by is null) as regions
  from scoped
)
select counts.precincts, counts.bare, (select count(*) from found), counts.regions, page.region,
  page.territory, page.number, page.voters, page.unit_code, page.unit_name, page.unit_name_ru
from counts left join lateral (
  select * from found order by array_position(%(order)s::text[], region), region, number
  offset %(offset)s limit %(limit)s
) page on true
order by array_position(%(order)s::text[], page.region), page.region, page.number
"""  # noqa: S608 - see above


def reach(
    *,
    actor: Actor,
    on: date,
    region: str = "",
    search: str = "",
    order: Sequence[str] = (),
    offset: int = 0,
    limit: int | None = 50,
) -> Reach:
    """The bare precincts of the actor's scope, by region and number; all of them without a limit.

    `region` is a region's code; `search` part of a territory's name or a precinct's number;
    `order` the regions' codes as they are to stand, those it leaves out last.
    """
    if actor.scope is None or Permission.SEE_BRANCHES not in actor.permissions:
        return Reach(precincts=0, bare=0, found=0, regions=(), rows=())
    with connection.cursor() as cursor:
        cursor.execute(
            _REACH.format(
                day=f"date '{on.isoformat()}'", start=actor.scope.start, end=actor.scope.end
            ),
            {
                "region": region,
                "search": search.strip(),
                "order": list(order),
                "offset": offset,
                "limit": limit,
            },
        )
        answer = cursor.fetchall()
    precincts, bare, found, regions = answer[0][:4]
    rows = tuple(BarePrecinct(*row[4:]) for row in answer if row[4] is not None)
    return Reach(
        precincts=precincts, bare=bare, found=found, regions=tuple(regions or ()), rows=rows
    )
