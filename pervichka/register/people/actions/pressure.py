"""Somebody says that they were pressed; the control commission, and nobody else, hears of it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.periods import Month
from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import EVERYTHING
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions.rights import SOMEBODY
from pervichka.register.people.models import Person, PressedTo, PressureReport


@transaction.atomic
def report_pressure(
    *, person: Person, pressed_to: str, may_call: bool, by: Actor, at: datetime
) -> None:
    """The person was pressed; `may_call` says whether the commission may learn who it was.

    From the next month on they are counted no more, so that pressing gains nothing. Not at once:
    a count that fell by one on that very day would tell the branch. Raises `Refused`.
    """
    if by.person_id != person.id:
        raise Forbidden(by, Permission.CHANGE_PEOPLE)
    if pressed_to not in PressedTo.values:
        raise refuse("say what you were pressed to do")
    # The person sees nothing at the top of the tree, where the report belongs.
    with within(EVERYTHING):
        top = Branch.objects.get(parent=None)
        PressureReport.objects.create(
            branch=top,
            about_id=person.branch_id,
            pressed_to=pressed_to,
            person=person if may_call else None,
            reported_at=at,
        )
        if person.uncounted_since is None:
            person.uncounted_since = Month.of(timezone.localdate(at)).plus(1).start
            person.save(update_fields=["uncounted_since"])
        # Nor does the journal say who or where: others than the commission read it.
        journal.append(
            by=SOMEBODY, at=at, action="pressure.reported", subject=("pressure", "one"), branch=top
        )


@transaction.atomic
def handle_pressure(*, report: PressureReport, by: Actor, at: datetime) -> None:
    """The commission has looked into it."""
    demand(by, Permission.RECEIVE_PRESSURE, report)
    if report.handled_at is not None:
        return
    report.handled_at = at
    report.save(update_fields=["handled_at"])
    journal.append(by=by, at=at, action="pressure.handled", subject=report, branch=report.branch)
