"""Branches: the tree within the reader's reach."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from pervichka.foundation import clock
from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import (
    Unit,
    living,
    own_unit,
    unit_coded,
    units_below,
    visible_to,
)
from pervichka.surfaces.api.answers import Problem, Text, Wanted
from pervichka.surfaces.api.signed_in import ApiRequest

if TYPE_CHECKING:
    from pervichka.register.branches.models import Branch

router = Router()
_DEEPEST = 2


class BranchOut(Schema):
    id: UUID
    code: str
    level: str
    name: str
    name_ru: str
    parent: Annotated[str | None, Field(description="The parent's code.")]
    voters: int | None
    opened_on: date | None
    closed_on: date | None

    @staticmethod
    def resolve_parent(branch: Any) -> str | None:
        return None if branch.parent is None else str(branch.parent.code)


class BranchList(Schema):
    total: int
    rows: list[BranchOut]


class BranchFilter(Schema):
    parent: Annotated[Text, Field(description="Only the children of this branch, by code.")] = ""
    level: Text = ""
    living_on: Annotated[date | None, Field(description="The day; today, if none.")] = None


class TreeWanted(Schema):
    under: Annotated[Text, Field(description="A branch's code; one's own, if none.")] = ""
    depth: Annotated[int, Field(ge=1, le=_DEEPEST)] = 1


class Twig(Schema):
    """A branch and those below it."""

    code: str
    level: str
    name: str
    voters: int | None
    children: Annotated[list["Twig"], Field(default_factory=list)]


def today() -> date:
    """The day it is where the organisation is."""
    return timezone.localdate(clock.now())


def branch_coded(code: str, actor: Actor) -> "Branch":
    """The branch, if the actor sees it; else what is answered like something that isn't."""
    return visible_to(actor).select_related("parent").get(code=code)


@router.get("/branches", response=BranchList, summary="Living branches, in the tree's order")
def list_branches(
    request: ApiRequest, narrowed: Query[BranchFilter], part: Wanted
) -> dict[str, object]:
    found = visible_to(request.actor) & living(narrowed.living_on or today())
    if narrowed.parent:
        found = found.filter(parent__in=visible_to(request.actor).filter(code=narrowed.parent))
    if narrowed.level:
        found = found.filter(level=narrowed.level)
    rows = found.select_related("parent").order_by("place")
    return {"total": found.count(), "rows": rows[part.offset : part.offset + part.limit]}


@router.get(
    "/tree",
    response={200: Twig, 404: Problem},
    summary="A branch with its living children, one or two levels deep",
)
def tree(request: ApiRequest, wanted: Query[TreeWanted]) -> Twig:
    actor = request.actor
    top = unit_coded(wanted.under, actor=actor) if wanted.under else own_unit(actor)
    if top is None:
        raise ObjectDoesNotExist
    return _twig(top, wanted.depth, today(), actor)


@router.get("/branches/{path:code}", response={200: BranchOut, 404: Problem}, summary="One branch")
def one_branch(request: ApiRequest, code: Text) -> "Branch":
    return branch_coded(code, request.actor)


def _twig(unit: Unit, depth: int, on: date, actor: Actor) -> Twig:
    below = units_below(unit, on=on, actor=actor) if depth else []
    return Twig(
        code=unit.code,
        level=unit.level,
        name=unit.name,
        voters=unit.voters,
        children=[_twig(child, depth - 1, on, actor) for child in below],
    )
