"""Appeals: the inbox, one appeal and what is done with it. Who asks is told to its branch alone."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Header, Query, Router, Schema, Status
from pydantic import Field

from pervichka.foundation import clock
from pervichka.foundation.ids import new_id
from pervichka.register.access.actor import Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.disclosure.actions import show
from pervichka.surfaces.api.answers import Problem, Refusal, Text, Wanted
from pervichka.surfaces.api.branches import branch_coded
from pervichka.surfaces.api.signed_in import ApiRequest
from pervichka.work.casework import actions
from pervichka.work.casework.queries import AppealFilter, appeal_of, appeal_page, appeals_of

if TYPE_CHECKING:
    from pervichka.work.casework.models import Appeal

router = Router()


class AppealRowOut(Schema):
    id: UUID
    number: int
    subject: str
    channel: str
    status: str
    received_at: datetime
    due_on: date
    overdue: bool


class AppealList(Schema):
    total: int
    rows: list[AppealRowOut]


class StepOut(Schema):
    kind: str
    at: datetime
    public: bool
    text: str


class AppealOut(Schema):
    """`words` are none for whoever is not of the branch that sees to it."""

    id: UUID
    number: int
    branch: str
    subject: str
    channel: str
    status: str
    received_at: datetime
    registered_at: datetime | None
    due_on: date
    overdue: bool
    words: str | None
    steps: list[StepOut]


class AppealsWanted(Schema):
    branch: Annotated[Text, Field(description="A branch's code; with all below it.")] = ""
    state: Annotated[
        Text, Field(description="open, overdue, received, answered, closed or all.")
    ] = "open"
    subject: Text = ""


class AppealIn(Schema):
    """What somebody said by phone, in open hours or at the door."""

    branch: Annotated[Text, Field(description="A branch's code.")]
    channel: Annotated[Text, Field(description="phone, surgery or door.")]
    subject: Text
    words: Text
    name: Text
    phone: Text = ""
    email: Text = ""
    address: Text = ""
    tell_by: Annotated[Text, Field(description="page, email, phone or paper.")] = "page"


class RecordedOut(Schema):
    """Number and code, to be given to the applicant."""

    id: UUID
    number: int
    code: str
    due_on: date


class AnswerIn(Schema):
    text: Text


@router.get("/appeals", response=AppealList, summary="Appeals by deadline, overdue first")
def list_appeals(
    request: ApiRequest, wanted: Query[AppealsWanted], part: Wanted
) -> dict[str, object]:
    demand(request.actor, Permission.HANDLE_APPEALS)
    within = None
    if wanted.branch:
        branch = branch_coded(wanted.branch, request.actor)
        within = Interval(branch.place, branch.place_end)
    narrowed = AppealFilter(within=within, state=wanted.state, subject=wanted.subject)
    rows, total = appeals_of(
        request.actor, narrowed, on=_today(), offset=part.offset, limit=part.limit
    )
    show(people=[row.branch_id for row in rows], by=request.actor, at=clock.now())
    return {"total": total, "rows": list(rows)}


@router.get("/appeals/{uuid:id}", response={200: AppealOut, 404: Problem}, summary="One appeal")
def one_appeal(request: ApiRequest, id: UUID) -> dict[str, object]:
    return _told(request, appeal_of(request.actor, id))


@router.post(
    "/appeals",
    response={201: RecordedOut, 404: Problem, 422: Refusal},
    summary="Take an appeal down",
)
def record(
    request: ApiRequest,
    body: AppealIn,
    key: Annotated[
        UUID | None,
        Header(alias="Idempotency-Key", description="Becomes the appeal's id."),
    ] = None,
) -> Status[dict[str, object]]:
    received = actions.record_appeal(
        branch=branch_coded(body.branch, request.actor),
        channel=body.channel,
        given=actions.Given(
            subject=body.subject,
            words=body.words,
            name=body.name,
            phone=body.phone,
            email=body.email,
            address=body.address,
            tell_by=body.tell_by,
        ),
        appeal_id=key or new_id(),
        by=request.actor,
        at=clock.now(),
    )
    appeal = received.appeal
    told = {"id": appeal.id, "number": appeal.number, "due_on": appeal.due_on}
    return Status(201, told | {"code": received.code})


@router.post(
    "/appeals/{uuid:id}/register",
    response={200: AppealOut, 404: Problem, 422: Refusal},
    summary="Register an appeal",
)
def register(request: ApiRequest, id: UUID) -> dict[str, object]:
    found = appeal_of(request.actor, id)
    return _told(request, actions.register_appeal(appeal=found, by=request.actor, at=clock.now()))


@router.post(
    "/appeals/{uuid:id}/answer",
    response={200: AppealOut, 404: Problem, 422: Refusal},
    summary="Answer an appeal",
)
def answer(request: ApiRequest, id: UUID, body: AnswerIn) -> dict[str, object]:
    found = appeal_of(request.actor, id)
    answered = actions.answer_appeal(appeal=found, text=body.text, by=request.actor, at=clock.now())
    return _told(request, answered)


def _told(request: ApiRequest, appeal: "Appeal") -> dict[str, object]:
    at = clock.now()
    show(people=[appeal.branch_id], by=request.actor, at=at)
    actions.look_at_applicant(appeal=appeal, by=request.actor, at=at)
    page = appeal_page(request.actor, appeal, on=_today())
    return {
        "id": appeal.id,
        "number": appeal.number,
        "branch": appeal.branch.code,
        "subject": appeal.subject,
        "channel": appeal.channel,
        "status": appeal.status,
        "received_at": appeal.received_at,
        "registered_at": appeal.registered_at,
        "due_on": appeal.due_on,
        "overdue": page.overdue,
        "words": page.words,
        "steps": list(page.steps),
    }


def _today() -> date:
    return timezone.localdate(clock.now())
