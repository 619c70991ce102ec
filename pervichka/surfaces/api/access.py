"""Access: who holds which post, for whoever may see it there; what waits for a second person."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from pervichka.foundation import clock
from pervichka.register.access.actor import Interval
from pervichka.register.disclosure.actions import show_holders
from pervichka.register.posts.queries import HoldingFilter, holdings_of, proposals_waiting
from pervichka.surfaces.api.answers import Problem, Text, Wanted
from pervichka.surfaces.api.branches import branch_coded, today
from pervichka.surfaces.api.signed_in import ApiRequest

router = Router()


class HoldingOut(Schema):
    id: UUID
    title: Annotated[str, Field(description="What the post is called in the reader's language.")]
    role: str
    role_title: str
    branch_code: str
    branch_name: str
    level: str
    holder: Annotated[str | None, Field(description="Their name, for whoever sees people there.")]
    user_name: Annotated[str | None, Field(description="None: they can't sign in yet.")]
    starts_on: date
    term_ends_on: date | None
    acting: bool
    signed_in_on: Annotated[date | None, Field(description="The last day they did something.")]
    may_end: bool


class HoldingList(Schema):
    total: int
    rows: list[HoldingOut]


class HoldingsWanted(Schema):
    branch: Annotated[Text, Field(description="A branch's code; with all below it.")] = ""
    role: Text = ""
    never: Annotated[bool, Field(description="Only who has not signed in yet.")] = False


class ProposalOut(Schema):
    id: UUID
    role: str
    role_title: str
    branch_code: str
    branch_name: str
    user_name: str
    starts_on: date
    term_ends_on: date | None
    proposed_at: datetime
    expires_at: datetime
    mine: bool
    may_decide: bool


@router.get(
    "/access", response={200: HoldingList, 404: Problem}, summary="Who holds what, in tree order"
)
def list_holdings(
    request: ApiRequest, wanted: Query[HoldingsWanted], part: Wanted
) -> dict[str, object]:
    within, branch = None, None
    if wanted.branch:
        branch = branch_coded(wanted.branch, request.actor)
        within = Interval(branch.place, branch.place_end)
    rows, total = holdings_of(
        request.actor,
        HoldingFilter(
            within=within, roles=[wanted.role] if wanted.role else [], never=wanted.never
        ),
        on=today(),
        offset=part.offset,
        limit=part.limit,
    )
    show_holders(rows=rows, branch=branch, by=request.actor, at=clock.now())
    return {"total": total, "rows": list(rows)}


@router.get(
    "/access/waiting",
    response={200: list[ProposalOut], 404: Problem},
    summary="Grants that wait for a second person",
)
def list_waiting(request: ApiRequest) -> list[object]:
    return list(proposals_waiting(request.actor, at=clock.now()))
