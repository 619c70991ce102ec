"""People, for whoever may see them there. Contact points are masked."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from ninja import Query, Router, Schema
from pydantic import Field

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.disclosure.actions import show, show_list
from pervichka.register.people.actions import look_at_person, open_name
from pervichka.register.people.queries import people_of
from pervichka.surfaces.api.answers import Problem, Refusal, Text, Wanted
from pervichka.surfaces.api.branches import branch_coded, today
from pervichka.surfaces.api.signed_in import ApiRequest

router = Router()


class PersonRowOut(Schema):
    id: UUID
    code: Annotated[str, Field(description="What facts call the person.")]
    full_name: str
    affiliation: str
    branch_id: UUID
    confirmed_on: date | None


class PersonList(Schema):
    total: int
    rows: list[PersonRowOut]


class ContactOut(Schema):
    kind: str
    masked: str


class AffiliationOut(Schema):
    kind: str
    valid_from: date | None
    valid_to: date | None


class ConsentOut(Schema):
    text_code: str
    given_on: date | None
    withdrawn_on: date | None
    asserted: bool


class PersonOut(Schema):
    id: UUID
    code: str
    full_name: str
    branch: str
    known_since: date | None
    confirmed_on: date | None
    contacts: list[ContactOut]
    affiliations: list[AffiliationOut]
    consents: list[ConsentOut]


class ReasonIn(Schema):
    reason: Annotated[
        Text, Field(max_length=500, description="A few words, which the person will read.")
    ]


class PeopleFilter(Schema):
    branch: Annotated[Text, Field(description="A branch's code; with all below it.")]
    affiliation: Text = ""
    search: Annotated[Text, Field(max_length=100, description="The beginning of names.")] = ""


@router.get(
    "/people",
    response={200: PersonList, 404: Problem, 422: Refusal},
    summary="People of a branch, by name",
)
def list_people(
    request: ApiRequest, narrowed: Query[PeopleFilter], part: Wanted
) -> dict[str, object]:
    branch = branch_coded(narrowed.branch, request.actor)
    demand(request.actor, Permission.SEE_PEOPLE, branch)
    found = people_of(
        branch=branch,
        on=today(),
        actor=request.actor,
        affiliations=[narrowed.affiliation] if narrowed.affiliation else [],
        search=narrowed.search,
        offset=part.offset,
        limit=part.limit,
    )
    show_list(
        what="people",
        people=[row.branch_id for row in found.rows],
        branch=branch,
        by=request.actor,
        at=clock.now(),
    )
    return {"total": found.total, "rows": list(found.rows)}


@router.get(
    "/people/{uuid:id}",
    response={200: PersonOut, 404: Problem, 422: Refusal},
    summary="One person; of another branch than one's own, once a reason was given",
)
def one_person(request: ApiRequest, id: UUID) -> dict[str, object]:
    return _opened(request, id, clock.now())


@router.post(
    "/people/{uuid:id}/reason",
    response={200: PersonOut, 404: Problem, 422: Refusal},
    summary="Say why a person of another branch is opened; it holds for twelve hours",
)
def give_reason(request: ApiRequest, id: UUID, body: ReasonIn) -> dict[str, object]:
    at = clock.now()
    if open_name(person_id=id, reason=body.reason, by=request.actor, at=at) is None:
        raise ObjectDoesNotExist
    return _opened(request, id, at)


@transaction.atomic
def _opened(request: ApiRequest, id_: UUID, at: datetime) -> dict[str, object]:
    """A look that the budget forbids is not journalled as one."""
    page = look_at_person(person_id=id_, by=request.actor, at=at)
    if page is None:
        raise ObjectDoesNotExist
    person = page.person
    show(people=[person.branch_id], by=request.actor, at=at)
    return {
        "id": person.id,
        "code": person.code,
        "full_name": person.full_name,
        "branch": person.branch.code,
        "known_since": person.known_since,
        "confirmed_on": page.confirmed_on,
        "contacts": list(page.contacts),
        "affiliations": list(page.affiliations),
        "consents": list(page.consents),
    }
