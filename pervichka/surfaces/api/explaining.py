"""The records behind a number."""

from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.standard.engine.explain import ExplainedRow, Side
from pervichka.standard.scores.actions.showing import show_rows
from pervichka.standard.scores.queries.explaining import Participant, explain_number
from pervichka.surfaces.api.answers import Problem, Refusal, Text, Wanted
from pervichka.surfaces.api.branches import branch_coded
from pervichka.surfaces.api.signed_in import ApiRequest

router = Router()


class MissOut(Schema):
    code: str
    params: dict[str, Any]


class RowOut(Schema):
    table: str
    columns: Annotated[
        dict[str, Any],
        Field(description="By the catalogue; a person is numbered outside their own branch."),
    ]
    misses: list[MissOut]


class ExplanationOut(Schema):
    side: Side
    total: int
    amount: Annotated[float | None, Field(description="What the rows come to.")]
    needed: float | None
    rows: list[RowOut]


class ExplainWanted(Schema):
    branch: Text
    indicator: Text
    period: Annotated[Text, Field(description="A month, like 2026-10.")]
    side: Side = Side.NUMERATOR
    standard: Text = ""


@router.get(
    "/explain",
    response={200: ExplanationOut, 404: Problem, 422: Refusal},
    summary="The rows behind a number, or those that did not count and why",
)
def explain(request: ApiRequest, wanted: Query[ExplainWanted], part: Wanted) -> dict[str, object]:
    branch = branch_coded(wanted.branch, request.actor)
    found = explain_number(
        branch=branch.code,
        indicator=wanted.indicator,
        month=Month.parse(wanted.period),
        side=wanted.side,
        slug=wanted.standard or None,
        offset=part.offset,
        limit=part.limit,
        by=request.actor,
    )
    show_rows(rows=found.rows, by=request.actor, at=clock.now())
    return {
        "side": found.side,
        "total": found.total,
        "amount": found.amount,
        "needed": found.needed,
        "rows": [_told(row) for row in found.rows],
    }


def _told(row: ExplainedRow) -> dict[str, object]:
    columns = {
        name: str(value) if isinstance(value, Participant) else value
        for name, value in row.columns.items()
    }
    return {
        "table": row.table,
        "columns": columns,
        "misses": [{"code": miss.code, "params": dict(miss.params)} for miss in row.misses],
    }
