"""Looks at personal data: each is written down, and from above a branch a reason is given first."""

from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.models import OpenedName, Person
from pervichka.register.people.queries.opened import has_reason
from pervichka.register.people.queries.page import PersonPage, person_page
from pervichka.register.people.queries.visible import people_visible_to
from pervichka.register.people.reasons import ReasonNeeded, checked_reason, is_from_above

List = Literal["people", "participants", "records", "holders"]
LISTS: tuple[List, ...] = get_args(List)


@transaction.atomic
def look_at_person(*, person_id: UUID, by: Actor, at: datetime) -> PersonPage | None:
    """The person's page; None for one who isn't there and for one out of sight alike.

    Raises `ReasonNeeded` above the person's branch, until `open_name` was given one.
    """
    page = person_page(person_id=person_id, actor=by)
    if page is None:
        return None
    demand_reason(page.person, by=by, at=at)
    if by.person_id != page.person.id:
        journal.append(
            by=by,
            at=at,
            action="look.person",
            subject=page.person,
            branch=page.person.branch,
            look=True,
        )
    return page


def demand_reason(person: Person, *, by: Actor, at: datetime) -> None:
    """Raise `ReasonNeeded` if the actor is above the person's branch and gave no reason lately."""
    if is_from_above(by, person) and not has_reason(person.id, by=by, at=at):
        raise ReasonNeeded


@transaction.atomic
def open_name(*, person_id: UUID, reason: str, by: Actor, at: datetime) -> Person | None:
    """Open a person's name from above, with a reason that the person will read.

    None for a person who isn't there and for one out of sight alike. Raises `Refused` without a
    reason of a few words, `Forbidden` for whoever may not see people there.
    """
    person = people_visible_to(by).select_related("branch").filter(id=person_id).first()
    if person is None:
        return None
    demand(by, Permission.SEE_PEOPLE, person)
    OpenedName.objects.create(
        person=person,
        branch=person.branch,
        actor=by.code,
        reason=checked_reason(reason),
        opened_at=at,
    )
    journal.append(
        by=by,
        at=at,
        action="name.opened",
        subject=person,
        branch=person.branch,
        fields=["reason"],
        look=True,
    )
    return person


@transaction.atomic
def look_up_in_journal(*, person: Person, by: Actor, at: datetime) -> None:
    """A person was looked up in the journal: that, too, is a look at them. Raises `Forbidden`."""
    demand(by, Permission.READ_JOURNAL, person)
    journal.append(
        by=by, at=at, action="look.journal", subject=person, branch=person.branch, look=True
    )


@transaction.atomic
def look_at_people(
    *,
    what: List,
    rows: int,
    branch: journal.Placed,
    by: Actor,
    at: datetime,
    subject: Model | tuple[str, object] | None = None,
) -> None:
    """Names were shown in a list: one entry for all of them, with the branch and how many.

    `what` is one of `LISTS`; the subject is the branch unless another is given. Nothing is written
    where no name was shown.
    """
    if rows:
        journal.append(
            by=by,
            at=at,
            action=f"look.{what}",
            subject=("branches.branch", branch.id) if subject is None else subject,
            branch=branch,
            fields=[f"rows {rows}"],
            look=True,
        )
