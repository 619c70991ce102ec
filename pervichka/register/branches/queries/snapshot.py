"""The tree and the precincts as at a day, as SQL for the extracting role.

Each text has `{day}` for a date literal, `{start}` and `{end}` for a subtree's interval, and yields
the columns of the catalogue's table.
"""

_LIVING = "(opened_on is null or opened_on <= {day}) and (closed_on is null or closed_on > {day})"
_IN_FORCE = (
    "({name}.valid_from is null or {name}.valid_from <= {{day}})"
    " and ({name}.valid_to is null or {name}.valid_to > {{day}})"
)

BRANCHES = f"""
select branch.code as branch, branch.level, branch.voters,
  coalesce(covered.precincts, 0) as precincts, branch.place, branch.place_end
from branch
left join (
  select link.branch_id, count(*) as precincts
  from precinct_link link join precinct on precinct.id = link.precinct_id
  where {_IN_FORCE.format(name="link")} and {_IN_FORCE.format(name="precinct")}
    and link.branch_id in (select id from branch where place between {{start}} and {{end}})
  group by link.branch_id
) covered on covered.branch_id = branch.id
where {_LIVING} and branch.place between {{start}} and {{end}}
order by branch.place
"""

PLACES = """
select code as branch, place from branch where place between {start} and {end} order by place
"""

# A precinct that no living branch covers lies in the territory of the nearest living unit above
# the branch that covered it last, else of the unit that bears its territory's or region's code.
PRECINCTS = f"""
with living as (select id, code, place, place_end from branch where {_LIVING}),
valid as (select * from precinct where {_IN_FORCE.format(name="precinct")}),
covering as (
  select link.precinct_id, min(living.code) as code
  from precinct_link link join living on living.id = link.branch_id
  where {_IN_FORCE.format(name="link")}
  group by link.precinct_id
),
bare as (
  select valid.id, valid.region, valid.territory,
    coalesce(
      (select branch.place from precinct_link link join branch on branch.id = link.branch_id
       where link.precinct_id = valid.id
       order by link.valid_to desc nulls first, link.valid_from desc nulls last limit 1),
      (select place from branch
       where code = valid.region || '/' || lower(replace(valid.territory, ' ', '-'))),
      (select place from branch where code = valid.region),
      (select place from branch where parent_id is null)
    ) as place
  from valid where not exists (select from covering where covering.precinct_id = valid.id)
),
nearest as (
  select bare.id, living.code
  from bare join lateral (
    select code from branch
    where place <= bare.place and place_end >= bare.place and {_LIVING}
    order by place desc limit 1
  ) living on true
)
select living.code as branch, covering.code as covered_by,
  valid.voters::bigint as voters, valid.region || '/' || valid.number as precinct
from valid
left join covering on covering.precinct_id = valid.id
left join nearest on nearest.id = valid.id
join living on living.code = coalesce(covering.code, nearest.code)
where living.place between {{start}} and {{end}}
order by valid.region, valid.number
"""
