"""Steps that actions share: hold the row, ask for the right, write down what happened."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.branches.models import Branch
from pervichka.work.casework import sealed
from pervichka.work.casework.models import PUBLIC, Appeal, Round, Step, StepKind

TEXT_LENGTH = 4000


def locked(appeal: Appeal) -> Appeal:
    """The appeal as it stands now, held against other writers to the end of the transaction."""
    fresh = Appeal.objects.select_for_update(of=("self",)).select_related("branch")
    return fresh.get(id=appeal.id)


def locked_to_handle(appeal: Appeal, by: Actor) -> Appeal:
    """The same, for whoever sees to appeals there. Raises `Forbidden`."""
    fresh = locked(appeal)
    demand(by, Permission.HANDLE_APPEALS, fresh)
    return fresh


def locked_to_read(appeal: Appeal, by: Actor) -> Appeal:
    """The same, for the branch's own people: they alone know who asks. Raises `Forbidden`."""
    fresh = locked_to_handle(appeal, by)
    if from_above(fresh, by):
        raise Forbidden(by, Permission.HANDLE_APPEALS)
    return fresh


def locked_as_own(appeal: Appeal, by: Actor) -> Appeal:
    """The same, for the applicant, who acts by number and code. Raises `Forbidden`."""
    if by.person_id != appeal.id:
        raise Forbidden(by, Permission.HANDLE_APPEALS)
    return locked(appeal)


def from_above(appeal: Appeal, by: Actor) -> bool:
    """Whether another unit than the one that sees to it acts. The local operator is none."""
    return by.branch_id is not None and by.branch_id != appeal.branch_id


def current_round(appeal: Appeal) -> Round:
    return Round.objects.filter(appeal=appeal).order_by("-number")[0]


def begin_round(appeal: Appeal, *, due_on: date, at: datetime) -> Round:
    """The next round of an appeal; the appeal's own deadline is that of the last."""
    number = Round.objects.filter(appeal=appeal).count() + 1
    return Round.objects.create(
        appeal=appeal, branch=appeal.branch, number=number, opened_at=at, due_on=due_on
    )


def note_step(
    appeal: Appeal,
    kind: StepKind,
    *,
    by: Actor,
    at: datetime,
    text: str = "",
    to: Branch | None = None,
    fields: Iterable[str] = (),
) -> Step:
    """Write down what happened, with the journal's entry, whose subject is always the appeal."""
    id_ = new_id()
    step = Step(
        id=id_,
        appeal=appeal,
        branch=appeal.branch,
        kind=kind,
        public=kind in PUBLIC,
        at=at,
        by=by.code if by.person_id == appeal.id else "",
        sealed_text=sealed.STEP.seal(id_, text) if text else None,
        to=to,
    )
    step.save()
    journal.append(
        by=by,
        at=at,
        action=f"appeal.{kind.value}",
        subject=appeal,
        branch=appeal.branch,
        fields=fields,
    )
    return step


def words(text: str, column: str, *, message: str) -> str:
    """What was written, without its margins. Raises `Refused` if nothing was, or too much."""
    plain = text.strip()
    if not plain:
        raise Refused(Reason(message=message, column=column))
    if len(plain) > TEXT_LENGTH:
        raise Refused(
            Reason(
                message="the text is longer than {length} characters",
                params={"length": TEXT_LENGTH},
                column=column,
            )
        )
    return plain


def demand_not_forgotten(appeal: Appeal) -> None:
    if appeal.forgotten_at is not None:
        raise refuse("the contacts of this appeal were destroyed: it stays closed")


def day_of(at: datetime) -> date:
    return timezone.localdate(at)
