"""People as at a day, as SQL for the extracting role: codes and dates, no names.

The text has `{day}` for a date literal, `{start}` and `{end}` for a subtree's interval. Contacts
and first acts come from facts, which are measured above the register; whoever runs it joins them
by `person`.
"""

PEOPLE = """
select branch.code as branch, coalesce(bond.kind, 'contact') as affiliation,
  bond.valid_from as affiliated_on, said.confirmed_on,
  exists (
    select from consent
    where consent.person_id = person.id
      and (consent.given_on is null or consent.given_on <= {day})
      and (consent.withdrawn_on is null or consent.withdrawn_on > {day})
  ) as consented,
  person.code as person
from person
join branch on branch.id = person.branch_id
left join affiliation bond on bond.person_id = person.id
  and (bond.valid_from is null or bond.valid_from <= {day})
  and (bond.valid_to is null or bond.valid_to > {day})
left join (
  select person_id, max(confirmed_on) as confirmed_on
  from confirmation where confirmed_on <= {day} group by person_id
) said on said.person_id = person.id
where (person.known_since is null or person.known_since <= {day})
  and (person.uncounted_since is null or person.uncounted_since > {day})
  and person.place between {start} and {end}
order by person.place, person.code
"""
