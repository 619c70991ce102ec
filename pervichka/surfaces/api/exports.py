"""Lists of people as files: asked for, agreed to by a second person, downloaded by the asker."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from pervichka.foundation import clock
from pervichka.register.accounts.fresh import must_confirm
from pervichka.register.accounts.queries import SignedUp
from pervichka.register.disclosure import actions
from pervichka.register.disclosure.queries import ExportRow, export_of, exports_of
from pervichka.surfaces.api.answers import Problem, Refusal, Text, Wanted, reason_in_words
from pervichka.surfaces.api.branches import branch_coded
from pervichka.surfaces.api.signed_in import ApiRequest

router = Router()
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class NotFresh(Exception):
    """A password or second factor must be shown once more before this."""


class ExportOut(Schema):
    id: UUID
    number: int
    state: Annotated[str, Field(description="waiting, asked, made, failed, refused, gone")]
    branch: str
    affiliation: str
    purpose: str
    words: str
    columns: list[str]
    form: str
    rows: int
    asked_by: str
    asked_at: datetime
    expires_at: Annotated[
        datetime, Field(description="To be decided until; once made, to be downloaded until.")
    ]
    reason: Annotated[str, Field(description="Why it was refused or not made.")]


class ExportList(Schema):
    total: int
    rows: list[ExportOut]


class ExportIn(Schema):
    branch: Annotated[Text, Field(description="A branch's code; with all below it.")]
    affiliation: Text = ""
    purpose: Annotated[Text, Field(description="A code of the policy, such as calls.")]
    words: Annotated[Text, Field(max_length=500, description="What for, in a sentence.")]
    form: Annotated[Text, Field(description="xlsx or csv")] = "xlsx"


class RefuseIn(Schema):
    reason: Annotated[Text, Field(max_length=500)]


@router.get(
    "/exports", response={200: ExportList, 404: Problem}, summary="Exports, the latest first"
)
def list_exports(request: ApiRequest, part: Wanted) -> dict[str, object]:
    rows, total = exports_of(request.actor, at=clock.now(), offset=part.offset, limit=part.limit)
    return {"total": total, "rows": [_told(row) for row in rows]}


@router.post(
    "/exports",
    response={201: ExportOut, 403: Problem, 404: Problem, 422: Refusal},
    summary="Ask for a list of people as a file",
)
def ask(request: ApiRequest, body: ExportIn) -> Status[dict[str, object]]:
    _demand_fresh(request)
    wish = actions.Wish(
        branch=branch_coded(body.branch, request.actor),
        affiliation=body.affiliation,
        purpose=body.purpose,
        words=body.words,
        form=body.form,
    )
    made = actions.ask_export(wish=wish, by=request.actor, at=clock.now())
    return Status(201, _told(_found(request, made.id)))


@router.post(
    "/exports/{uuid:id}/approve",
    response={200: ExportOut, 403: Problem, 404: Problem, 422: Refusal},
    summary="Agree to a large export, as the second person",
)
def approve(request: ApiRequest, id: UUID) -> dict[str, object]:
    _demand_fresh(request)
    _found(request, id)
    actions.approve_export(export_id=id, by=request.actor, at=clock.now())
    return _told(_found(request, id))


@router.post(
    "/exports/{uuid:id}/refuse",
    response={200: ExportOut, 403: Problem, 404: Problem, 422: Refusal},
    summary="Refuse a large export, as the second person",
)
def refuse(request: ApiRequest, id: UUID, body: RefuseIn) -> dict[str, object]:
    _demand_fresh(request)
    _found(request, id)
    actions.refuse_export(export_id=id, reason=body.reason, by=request.actor, at=clock.now())
    return _told(_found(request, id))


@router.get("/exports/{uuid:id}/file", summary="The file, for whoever asked for it")
def file(request: ApiRequest, id: UUID) -> HttpResponse:
    found = actions.download_export(export_id=id, by=request.actor, at=clock.now())
    if found is None:
        raise ObjectDoesNotExist
    response = HttpResponse(found.content, content_type=_TYPES[found.form])
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _demand_fresh(request: ApiRequest) -> None:
    user = request.user
    records = [
        (str(one["method"]), float(one["at"])) for one in get_authentication_records(request, user)
    ]
    if isinstance(user, SignedUp) and must_confirm(user, records, at=clock.now()):
        raise NotFresh


def _found(request: ApiRequest, id_: UUID) -> ExportRow:
    """One of those that the reader sees; else answered like one that isn't there."""
    row = export_of(request.actor, id_, at=clock.now())
    if row is None:
        raise ObjectDoesNotExist
    return row


def _told(row: ExportRow) -> dict[str, object]:
    return {
        "id": row.id,
        "number": row.number,
        "state": row.state,
        "branch": row.branch_code,
        "affiliation": row.affiliation,
        "purpose": row.purpose,
        "words": row.words,
        "columns": list(row.columns),
        "form": row.form,
        "rows": row.rows,
        "asked_by": row.user_name,
        "asked_at": row.asked_at,
        "expires_at": row.expires_at,
        "reason": reason_in_words(row.failure) if row.failure else row.reason,
    }
