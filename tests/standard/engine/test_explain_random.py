"""Whatever the standard and the rows, what is explained adds up to what is scored."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pervichka.foundation.periods import Month
from pervichka.standard.engine import referee
from pervichka.standard.engine.explain import Explanation, Side, explain
from pervichka.standard.engine.meaning import Row
from pervichka.standard.engine.result import BranchScore, IndicatorScore
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.document import Count, Indicator, Ratio, ShareOf, Standard
from tests.standard.engine.test_referee import cases


@pytest.mark.timeout(300)
@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(cases(), st.data())
def test_explained_adds_up(case: tuple[Standard, Tables, Month], data: st.DataObject) -> None:
    standard, tables, month = case
    everyone = referee.score(standard, tables, month)
    # The root's numbers hold every row; a drawn branch stands for the rest of the tree.
    chosen = [one for one in everyone if one.branch == "B"]
    chosen += [data.draw(st.sampled_from(everyone))] if everyone else []
    for scored in chosen:
        pairs = list(zip(standard.indicators, scored.indicators, strict=True))
        some = [pair for pair in pairs if pair[1].numerator][:3]
        for indicator, score in [*some, data.draw(st.sampled_from(pairs))]:
            adds_up(standard, tables, month, scored, indicator, score)


def adds_up(
    standard: Standard,
    tables: Tables,
    month: Month,
    scored: BranchScore,
    indicator: Indicator,
    score: IndicatorScore,
) -> None:
    def side(side: Side, **page: int) -> Explanation:
        return explain(
            standard,
            tables,
            month,
            branch=scored.branch,
            indicator=indicator.id,
            side=side,
            **({"limit": 1000} | page),
        )

    counted, below, missed = (side(one) for one in Side)
    for whole in (counted, below, missed):
        assert whole.total == len(whole.rows)
    pages = [side(Side.MISSED, offset=at, limit=2).rows for at in range(0, missed.total, 2)]
    assert tuple(row for page in pages for row in page) == missed.rows
    assert all(row.misses for row in missed.rows)
    if isinstance(indicator.measure, ShareOf):
        share_adds_up(indicator.measure, scored.level, score, counted, below, missed)
    else:
        assert counted.amount == score.numerator
        assert below.amount == score.denominator
    if score.numerator is not None:
        near_misses_add_up(standard, tables, month, indicator, scored.branch, counted, missed)


def share_adds_up(
    measure: ShareOf,
    level: str,
    score: IndicatorScore,
    counted: Explanation,
    below: Explanation,
    missed: Explanation,
) -> None:
    assert below.amount == score.denominator
    if score.numerator is None:
        assert not counted.rows
        return
    if level == measure.level:
        assert counted.amount is not None
        assert (counted.amount >= measure.at_least) == (score.numerator == 1.0)
    else:
        assert counted.amount == score.numerator == counted.total
    without = [row for row in missed.rows if row.table == "branches" and "level" in row.columns]
    if measure.having.table != "branches":
        assert len(without) == below.total - score.numerator


def near_misses_add_up(
    standard: Standard,
    tables: Tables,
    month: Month,
    indicator: Indicator,
    branch: str,
    counted: Explanation,
    missed: Explanation,
) -> None:
    """Rows that meet the numerator's `where` either count or are missed for a reason that holds."""
    measure = indicator.measure
    if isinstance(measure, ShareOf):
        return
    court = referee._Court(standard, tables, month)  # noqa: SLF001 - the referee's own judgement
    home = next(row for row in court.living if row["branch"] == branch)
    aggregate = measure.numerator
    whole = Count(table=aggregate.table, where=aggregate.where)

    def meets(row: Row) -> bool:
        place = court.places.get(row["branch"])
        inside = place is not None and home["place"] <= place <= home["place_end"]  # type: ignore[operator]  # cells of any type
        return inside and court.condition(indicator, whole, row)

    met = [row for row in court.rows[aggregate.table] if meets(row)]
    nearly = [row for row in missed.rows if row.misses[0].code != "not_in_numerator"]
    assert len(met) == counted.total + len(nearly)
    for row in nearly:
        codes = {miss.code for miss in row.misses}
        if aggregate.table == "facts":
            evidence = str(row.columns["evidence"])
            weak = referee.EVIDENCE.index(evidence) < referee.EVIDENCE.index(indicator.evidence)
            late = not court.in_time(indicator, aggregate, row.columns["occurred_on"])
            assert ("evidence_too_low" in codes, "outside_dates" in codes) == (weak, late)
        else:
            assert codes <= {"no_value", "too_few"}
    if isinstance(measure, Ratio) and measure.denominator is None:
        assert len(nearly) == missed.total
