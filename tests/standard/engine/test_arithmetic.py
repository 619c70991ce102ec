"""From counts to grades: values, points, means, the weight a grade needs."""

from datetime import date

import pytest

from pervichka.standard.rulebook.document import Count, EvidenceClass, Grade, Level, ShareOf
from tests.standard.engine.town import facts, indicator, ratio, scored, scored_one, standard, town

NOTHING = facts("kind = 'none'")


def with_facts(good: int, every: int) -> dict[str, object]:
    kinds = ["good"] * good + ["other"] * (every - good)
    return {"facts": [{"kind": kind} for kind in kinds]}


SHARE = ratio(facts("kind = 'good'"), facts())


def test_no_denominator_is_the_numerator_and_per_multiplies() -> None:
    tables = town(**with_facts(3, 3))
    assert scored_one(ratio(facts()), tables, "R/1", min_denominator=5).value == 3.0
    assert scored_one(ratio(facts(), per=10.0), tables, "R/1").value == 30.0
    assert scored_one(ratio(facts(), facts(), per=1000.0), tables, "R/1").value == 1000.0


@pytest.mark.parametrize(("least", "value"), [(None, 0.25), (4.0, 0.25), (4.5, None), (5.0, None)])
def test_too_small_a_denominator_gives_no_value_but_its_counts(
    least: float | None, value: float | None
) -> None:
    one = scored_one(SHARE, town(**with_facts(1, 4)), "R/1", min_denominator=least)
    assert (one.numerator, one.denominator, one.value) == (1.0, 4.0, value)
    assert (one.points is None) == (value is None)


def test_a_denominator_of_nothing_gives_no_value() -> None:
    one = scored_one(ratio(facts(), NOTHING), town(**with_facts(2, 2)), "R/1")
    assert (one.numerator, one.denominator, one.value, one.points) == (2.0, 0.0, None, None)


@pytest.mark.parametrize(
    ("floor", "target", "points"),
    [(0.0, 1.0, 25.0), (0.0, 0.25, 100.0), (0.25, 1.0, 0.0), (0.5, 1.0, 0.0), (0.5, 0.0, 50.0),
     (0.2, 0.3, 50.0), (0.25, 0.0, 0.0)],
)  # fmt: skip
def test_points_stand_between_floor_and_target(floor: float, target: float, points: float) -> None:
    one = scored_one(SHARE, town(**with_facts(1, 4)), "R/1", floor=floor, target=target)
    assert one.points == pytest.approx(points)
    assert str(one.points) != "-0.0"


def test_means_are_weighted_and_leave_out_what_has_no_value_or_is_on_trial() -> None:
    half, none = indicator(SHARE, "half", weight=3.0), indicator(ratio(facts(), NOTHING), "none")
    full = indicator(ratio(facts()), "full")
    trial = indicator(ratio(facts()), "trial", weight=9.0, trial_until=date(2026, 10, 31))
    over = indicator(ratio(NOTHING), "over", trial_until=date(2026, 10, 30))
    document = standard((2.0, [half, none, full, trial]), (1.0, [none, trial]), (2.0, [over]))
    score = scored(document, town(**with_facts(1, 2)))["R/1"]
    assert score.criteria == ((50.0 * 3 + 100.0) / 4, None, 0.0)
    assert score.points == (62.5 * 2 + 0.0 * 2) / 4
    assert score.indicators[3].points == 100.0


def test_an_indicator_not_of_a_level_has_no_numbers() -> None:
    one = scored_one(SHARE, town(**with_facts(1, 2)), "R/1", levels=(Level.REGIONAL,))
    assert (one.numerator, one.denominator, one.value, one.points) == (None,) * 4


@pytest.mark.parametrize(("bound", "grade"), [(50.0, "A"), (50.0 + 9e-10, "A"), (50.0 + 2e-9, "D")])
def test_a_grade_is_reached_within_a_hair(bound: float, grade: str) -> None:
    document = standard(indicator(SHARE), grades=(Grade(name="A", bound=bound),))
    assert scored(document, town(**with_facts(1, 2)))["R/1"].grade == grade


def graded(*indicators: object, needs: float) -> str | None:
    document = standard(*indicators, grade_needs=needs)  # type: ignore[arg-type]  # drawn as plain values
    return scored(document, town(**with_facts(2, 2)))["R/1"].grade


def test_a_grade_needs_weight_with_a_value() -> None:
    full, none = indicator(SHARE, "full"), indicator(ratio(facts(), NOTHING), "none")
    assert graded((6.0, [full]), (4.0, [none]), needs=0.6) == "A"
    assert graded((5.0, [full]), (4.0, [none]), needs=0.6) is None
    # A criterion's weight is shared among its indicators by their own weights.
    heavy = indicator(SHARE, "heavy", weight=2.0)
    assert graded((1.0, [heavy, none]), needs=0.66) == "A"
    assert graded((1.0, [heavy, none]), needs=0.67) is None


def test_what_a_level_could_not_have_is_left_out_of_the_weight() -> None:
    full = indicator(SHARE, "full")
    trial = indicator(ratio(facts()), "trial", trial_until=date(2026, 12, 31))
    above = indicator(ShareOf(level=Level.REGIONAL, having=facts()), "above")
    other = indicator(ratio(facts()), "other", levels=(Level.LOCAL,))
    for left_out in (trial, above, other):
        assert graded((1.0, [full]), (9.0, [left_out]), needs=1.0) == "A"
        assert graded((1.0, [full, left_out]), needs=1.0) == "A"


def test_a_branch_on_trial_alone_has_neither_points_nor_grade() -> None:
    trial = indicator(SHARE, trial_until=date(2026, 10, 31))
    score = scored(standard(trial), town(**with_facts(1, 2)))["R/1"]
    assert (score.criteria, score.points, score.grade) == ((None,), None, None)


def test_posts_filled_and_nothing_done_stays_below_the_last_grade() -> None:
    posts = ratio(Count(table="posts", where="filled"), Count(table="posts"))
    work = indicator(ratio(facts()), "work", evidence=EvidenceClass.OBSERVED)
    document = standard((1.0, [indicator(posts, "posts")]), (3.0, [work]))
    tables = town(posts=[{"branch": "R/1", "post": "secretary", "filled": True}])
    score = scored(document, tables)["R/1"]
    assert (score.points, score.grade) == (25.0, "D")
