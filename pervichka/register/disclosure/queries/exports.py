"""Exports as their page shows them, and those that the worker has to make or to destroy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.disclosure.models import ExportState, PeopleExport
from pervichka.register.disclosure.policy import policy
from pervichka.register.people.models import AffiliationKind

_LIVE = (ExportState.WAITING, ExportState.ASKED, ExportState.MADE)


@dataclass(frozen=True, kw_only=True)
class ExportRow:
    """An export of the list. `may_decide` and `may_download` say what this reader can do with it.

    `failure` is a refusal's `message` and `params`, none where it did not fail.
    """

    id: UUID
    number: int
    state: str
    user_name: str
    branch_code: str
    branch_name: str
    affiliation: str
    purpose: str
    words: str
    columns: Sequence[str]
    form: str
    rows: int
    asked_at: datetime
    expires_at: datetime
    reason: str
    failure: dict[str, Any] | None
    mine: bool
    may_decide: bool
    may_download: bool


@dataclass(frozen=True, kw_only=True)
class WhoAsked:
    """On whose behalf the worker makes an export, and the post in which it was asked for."""

    user: User
    post_id: UUID


def may_ask(actor: Actor) -> bool:
    """Whether the actor may see lists of people, hence ask for one as a file."""
    signed_in = actor.user_id is not None and actor.post_id is not None
    return signed_in and actor.may(Permission.SEE_PEOPLE) and actor.scope is not None


def may_see_exports(actor: Actor) -> bool:
    """Whether there can be exports that are one's own, or one's to decide."""
    return may_ask(actor) or actor.may(Permission.APPROVE_EXPORTS)


def exports_of(
    actor: Actor, *, at: datetime, offset: int = 0, limit: int = 50
) -> tuple[Sequence[ExportRow], int]:
    """One's own, and those of one's part of the tree for whoever decides; the latest first.

    Raises `Forbidden`. Two queries.
    """
    if not may_see_exports(actor):
        demand(actor, Permission.SEE_PEOPLE)
    found = PeopleExport.objects.filter(_seen(actor)).select_related("branch", "user")
    rows = found.order_by("-proposed_at", "-id")[offset : offset + limit]
    return [_row(one, actor, at) for one in rows], found.count()


def export_of(actor: Actor, export_id: UUID, *, at: datetime) -> ExportRow | None:
    """One of them; none where it is out of sight."""
    found = PeopleExport.objects.filter(_seen(actor), id=export_id).select_related("branch", "user")
    row = found.first()
    return None if row is None else _row(row, actor, at)


def covers(actor: Actor, permission: Permission, branch: Branch) -> bool:
    """Whether the actor holds the permission over the branch and all below it."""
    whole = actor.scope is not None and actor.scope.end >= branch.place_end
    return whole and actor.may(permission, branch.place)


def exports_to_decide(actor: Actor, *, at: datetime) -> int:
    """How many wait for this actor as the second person."""
    if not actor.may(Permission.APPROVE_EXPORTS) or actor.scope is None:
        return 0
    waiting = PeopleExport.objects.filter(
        _seen(actor), state=ExportState.WAITING, expires_at__gt=at
    )
    return waiting.exclude(proposed_by=actor.code).count()


def who_asked(export_id: UUID) -> WhoAsked | None:
    """For the worker: none where there is nothing to make."""
    found = PeopleExport.objects.filter(id=export_id, state=ExportState.ASKED)
    row = found.select_related("user").first()
    return None if row is None else WhoAsked(user=row.user, post_id=row.post_id)


def expired_exports(at: datetime) -> QuerySet[PeopleExport]:
    """Those whose time was over by then, and that nothing has ended yet."""
    return PeopleExport.objects.filter(state__in=_LIVE, expires_at__lte=at)


def ended_exports(before: datetime) -> QuerySet[PeopleExport]:
    """Those of which no file is left or ever was, and whose time was over by then."""
    return PeopleExport.objects.exclude(state__in=_LIVE).filter(expires_at__lte=before)


def affiliations_asked(affiliation: str) -> Sequence[str]:
    """The kinds that a filter keeps; none given keeps all."""
    return [affiliation] if affiliation in AffiliationKind.values else []


def _seen(actor: Actor) -> Q:
    own = Q(user_id=actor.user_id)
    if not actor.may(Permission.APPROVE_EXPORTS) or actor.scope is None:
        return own
    return own | Q(place__range=(actor.scope.start, actor.scope.end))


def _row(row: PeopleExport, actor: Actor, at: datetime) -> ExportRow:
    mine = row.user_id == actor.user_id
    live = row.expires_at > at
    purpose = policy().purposes.get(row.purpose)
    return ExportRow(
        id=row.id,
        number=row.number,
        state=row.state,
        user_name=row.user.name,
        branch_code=row.branch.code,
        branch_name=branch_label(row.branch),
        affiliation=row.affiliation,
        purpose=row.purpose,
        words=row.words,
        columns=() if purpose is None else purpose.columns,
        form=row.form,
        rows=row.rows,
        asked_at=row.proposed_at,
        expires_at=row.expires_at,
        reason=row.reason,
        failure=row.failure,
        mine=mine,
        may_decide=(
            row.state == ExportState.WAITING
            and live
            and not mine
            and covers(actor, Permission.APPROVE_EXPORTS, row.branch)
        ),
        may_download=(
            row.state == ExportState.MADE
            and live
            and mine
            and covers(actor, Permission.SEE_PEOPLE, row.branch)
        ),
    )
