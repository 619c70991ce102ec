"""`pervichka explain`: the records behind a number."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pervichka.surfaces.cli.command import command
from pervichka.surfaces.cli.commands.parameters import Period, Standard
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

if TYPE_CHECKING:
    from pervichka.standard.engine.explain import Explanation, Miss

_WHY = {
    "evidence_too_low": "evidence is {evidence}, needed is {needed}",
    "outside_dates": "{occurred_on} is not from {first} to {last}",
    "no_value": "{column} is empty",
    "too_few": "{found} found, {needed} needed",
    "not_in_numerator": "nothing answers it",
}


class Side(StrEnum):
    """What counted, out of what, and what did not count."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MISSED = "missed"


def register(app: typer.Typer) -> None:
    command(app, "explain")(explain)


def explain(
    run: Run,
    branch: Annotated[str, typer.Argument(metavar="BRANCH", help=tr("A branch's code."))],
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help=tr("An indicator's id."))],
    period: Period,
    side: Annotated[
        Side, typer.Option(help=tr("Rows that counted, rows out of which, or rows that did not."))
    ] = Side.NUMERATOR,
    standard: Standard = None,
    offset: Annotated[int, typer.Option(min=0, help=tr("How many rows to pass over."))] = 0,
    limit: Annotated[int, typer.Option(min=0, help=tr("How many rows to show at most."))] = 50,
) -> None:
    """Open a number to the rows behind it, and to those that did not count and why.

    Above the branch itself a person is “participant 7”: the same number on every page of a side.
    """
    from pervichka.standard.engine import explain as engine
    from pervichka.standard.scores.actions.showing import show_rows
    from pervichka.standard.scores.queries.explaining import explain_number

    explanation = explain_number(
        branch=branch,
        indicator=indicator,
        month=period,
        side=engine.Side(side.value),
        slug=standard,
        offset=offset,
        limit=limit,
        by=run.actor,
    )
    show_rows(rows=explanation.rows, by=run.actor, at=run.at)
    if run.json:
        run.document({
            "branch": branch, "indicator": indicator, "period": period, "side": side,
            "total": explanation.total, "amount": explanation.amount, "needed": explanation.needed,
            "offset": offset,
            "rows": [
                {
                    "table": row.table,
                    **row.columns,
                    "misses": [{"code": miss.code, **miss.params} for miss in row.misses],
                }
                for row in explanation.rows
            ],
        })  # fmt: skip
        return
    _tell(run, explanation)


def _tell(run: Run, explanation: "Explanation") -> None:
    columns = list(dict.fromkeys(name for row in explanation.rows for name in row.columns))
    why = any(row.misses for row in explanation.rows)
    rows = [
        [
            *(_cell(row.columns.get(name)) for name in columns),
            *([_reasons(row.misses)] if why else []),
        ]
        for row in explanation.rows
    ]
    run.rows(explanation.side.value, [*columns, *(["why not"] if why else [])], rows)
    run.say("{shown} of {total} rows", shown=len(rows), total=explanation.total)
    if explanation.amount is not None:
        run.say("They come to {amount:g}.", amount=explanation.amount)
    if explanation.needed is not None:
        run.say("Needed: {needed:g}.", needed=explanation.needed)


def _cell(value: object) -> object:
    from pervichka.standard.scores.queries.explaining import Participant

    if isinstance(value, Participant):
        return tr("participant {number}").format(number=value.number)
    return value


def _reasons(misses: "tuple[Miss, ...]") -> str:
    return "; ".join(tr(_WHY.get(miss.code, miss.code)).format(**miss.params) for miss in misses)
