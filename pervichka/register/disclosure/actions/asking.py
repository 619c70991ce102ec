"""Asking for a list of people as a file, and the second person's word on a large one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.branches.models import Branch
from pervichka.register.branches.second_person import (
    Decision,
    decide,
    demand_to_decide,
    proposed,
)
from pervichka.register.disclosure.models import ExportForm, ExportState, PeopleExport
from pervichka.register.disclosure.policy import Purpose, policy
from pervichka.register.disclosure.queries.exports import affiliations_asked, covers
from pervichka.register.people.models import AffiliationKind
from pervichka.register.people.queries import count_to_export

_SHORTEST = 10


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for: the people of a branch and below it, what for, and in which form."""

    branch: Branch
    affiliation: str
    purpose: str
    words: str
    form: str


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What would come of a wish: rows in all, rows that draw on the budget, a second person."""

    rows: int
    beyond: int
    needs_second: bool
    purpose: Purpose


def outlook(*, wish: Wish, by: Actor, at: datetime) -> Outlook:
    """Look at a wish before it is asked. Raises `Forbidden`, `Refused` with every reason."""
    demand(by, Permission.SEE_PEOPLE, wish.branch)
    purpose = policy().purposes.get(wish.purpose)
    reasons = _reasons(wish)
    if reasons or purpose is None:
        raise Refused(*reasons)
    rows, beyond = count_to_export(
        branch=wish.branch,
        on=timezone.localdate(at),
        actor=by,
        affiliations=affiliations_asked(wish.affiliation),
    )
    if not rows:
        raise refuse("there is nobody on this list")
    needs_second = rows > policy().rows_without_second_person
    return Outlook(rows=rows, beyond=beyond, needs_second=needs_second, purpose=purpose)


@transaction.atomic
def ask_export(*, wish: Wish, by: Actor, at: datetime) -> PeopleExport:
    """The worker makes it, a large one once a second person agrees. Raises as `outlook` does."""
    seen = outlook(wish=wish, by=by, at=at)
    if by.user_id is None or by.post_id is None:
        raise Forbidden(by, Permission.SEE_PEOPLE)
    export = PeopleExport.objects.create(
        branch=wish.branch,
        user_id=by.user_id,
        post_id=by.post_id,
        affiliation=wish.affiliation,
        purpose=wish.purpose,
        words=wish.words.strip(),
        form=wish.form,
        state=ExportState.WAITING if seen.needs_second else ExportState.ASKED,
        rows=seen.rows,
        needs_second=seen.needs_second,
        **proposed(by, at) | {"expires_at": at + policy().days_to_decide},
    )
    columns = seen.purpose.columns
    _journal(export, "asked", by=by, at=at, fields=columns)
    return export


@transaction.atomic
def approve_export(*, export_id: UUID, by: Actor, at: datetime) -> PeopleExport:
    """The second person agrees: the worker makes it. Raises `Forbidden`, `Refused`."""
    return _decide(export_id, Decision.APPROVED, "", by=by, at=at)


@transaction.atomic
def refuse_export(*, export_id: UUID, reason: str, by: Actor, at: datetime) -> PeopleExport:
    """The second person does not agree and says why. Raises `Forbidden`, `Refused`."""
    return _decide(export_id, Decision.REFUSED, reason, by=by, at=at)


def _decide(
    export_id: UUID, decision: Decision, reason: str, *, by: Actor, at: datetime
) -> PeopleExport:
    export = (
        PeopleExport.objects.select_for_update(of=("self",))
        .select_related("branch")
        .get(pk=export_id)
    )
    demand_to_decide(export, by=by, at=at)
    if not covers(by, Permission.APPROVE_EXPORTS, export.branch):
        raise Forbidden(by, Permission.APPROVE_EXPORTS)
    if export.state != ExportState.WAITING:
        raise refuse("this needs no second person")
    decide(export, decision, reason, by=by, at=at)
    approved = decision == Decision.APPROVED
    export.state = ExportState.ASKED if approved else ExportState.REFUSED
    export.save(update_fields=["state"])
    _journal(export, decision, by=by, at=at, fields=["decision"])
    return export


def _reasons(wish: Wish) -> list[Reason]:
    reasons = []
    if wish.purpose not in policy().purposes:
        reasons.append(Reason(message="choose what the list is for", column="purpose"))
    if len(wish.words.strip()) < _SHORTEST:
        reasons.append(
            Reason(message="say in a sentence what you need the list for", column="words")
        )
    if wish.form not in ExportForm.values:
        reasons.append(Reason(message="choose the kind of file", column="form"))
    if wish.affiliation and wish.affiliation not in AffiliationKind.values:
        reasons.append(Reason(message="choose who is on the list", column="affiliation"))
    return reasons


def _journal(
    export: PeopleExport, said: str, *, by: Actor, at: datetime, fields: Sequence[str]
) -> None:
    journal.append(
        by=by, at=at, action=f"export.{said}", subject=export, branch=export.branch, fields=fields
    )
