"""Posts as at a day, as SQL for the extracting role.

The text has `{day}` for a date literal, `{start}` and `{end}` for a subtree's interval.
"""

# A holding counts from its first day up to but not including the day it ended; a term that ran
# out leaves the post filled, by a body past its term.
POSTS = """
select branch.code as branch, post.kind as post, holding.id is not null as filled,
  holding.term_ends_on, null::date as trained_on,
  case when account.last_active_on <= {day} then account.last_active_on end as last_active_on
from post
join branch on branch.id = post.branch_id
left join post_holding holding on holding.post_id = post.id
  and holding.starts_on <= {day} and (holding.ended_on is null or holding.ended_on > {day})
left join account on account.id = holding.user_id
where (post.opened_on is null or post.opened_on <= {day})
  and (post.closed_on is null or post.closed_on > {day})
  and post.place between {start} and {end}
order by post.place, post.kind, post.id
"""
