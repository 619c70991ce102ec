"""A budget is raised for one day, by somebody else and for a reason."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.queries import user_named
from pervichka.register.disclosure.models import BudgetRaise
from pervichka.register.disclosure.policy import policy
from pervichka.register.posts.queries import holdings_in_force

_SHORTEST = 10


@transaction.atomic
def raise_budget(*, user_name: str, rows: int, reason: str, by: Actor, at: datetime) -> BudgetRaise:
    """So many rows more for that user today. Raises `Forbidden`, `Refused`.

    A user who holds no post in the actor's part of the tree is refused like one who isn't.
    """
    demand(by, Permission.RAISE_BUDGETS)
    _demand_sound(rows, reason)
    day = timezone.localdate(at)
    user = user_named(user_name.strip())
    held = holdings_in_force(day).filter(user=user) if user is not None else None
    if held is not None and by.scope is not None:
        held = held.filter(place__range=(by.scope.start, by.scope.end))
    holding = held.select_related("branch").order_by("place").first() if held is not None else None
    if user is None or holding is None:
        raise refuse("nobody of this user name holds a post in your part of the organisation")
    if user.id == by.user_id:
        raise refuse("another person raises your own budget")
    made = BudgetRaise.objects.create(
        branch=holding.branch,
        user=user,
        day=day,
        rows=rows,
        reason=reason.strip(),
        raised_by=by.code,
        raised_at=at,
    )
    journal.append(
        by=by, at=at, action="budget.raised", subject=user, branch=holding.branch, fields=["rows"]
    )
    return made


def _demand_sound(rows: int, reason: str) -> None:
    reasons = []
    if not 1 <= rows <= policy().most_raised:
        reasons.append(
            Reason(
                message="from 1 to {most} rows can be added at a time",
                params={"most": policy().most_raised},
                column="rows",
            )
        )
    if len(reason.strip()) < _SHORTEST:
        reasons.append(Reason(message="say why in a sentence", column="reason"))
    if reasons:
        raise Refused(*reasons)
