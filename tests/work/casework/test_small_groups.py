"""Nobody works out a small group, by whatever sums and differences of what is shown."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pervichka.work.casework.suppression import TOTAL, Key, hidden, with_totals

K = 5


def determined(whole: dict[Key, int], marks: set[Key]) -> set[Key]:
    """The hidden cells that the equations of rows and columns fix: by elimination, slowly."""
    unknown = sorted(marks)
    rows, columns = {key[0] for key in whole}, {key[1] for key in whole}
    equations = []
    for row in rows:
        line = {(row, column): 1 if column != TOTAL else -1 for column in columns}
        equations.append([Fraction(line.get(key, 0)) for key in unknown])
    for column in columns:
        line = {(row, column): 1 if row != TOTAL else -1 for row in rows}
        equations.append([Fraction(line.get(key, 0)) for key in unknown])
    pivots: list[tuple[int, list[Fraction]]] = []
    for equation in equations:
        for at, pivot in pivots:
            factor = equation[at]
            equation = [a - factor * b for a, b in zip(equation, pivot, strict=True)]  # noqa: PLW2901 - it is reduced
        at = next((index for index, value in enumerate(equation) if value), None)
        if at is None:
            continue
        equation = [value / equation[at] for value in equation]  # noqa: PLW2901 - it is reduced
        pivots = [
            (place, [a - old[at] * b for a, b in zip(old, equation, strict=True)])
            for place, old in pivots
        ] + [(at, equation)]
    return {unknown[at] for at, row in pivots if sum(value != 0 for value in row) == 1}


tables = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9, 30]),
            min_size=rows * columns,
            max_size=rows * columns,
        ).map(
            lambda numbers: with_totals(
                {
                    (f"r{index // columns}", f"c{index % columns}"): number
                    for index, number in enumerate(numbers)
                },
                [f"r{row}" for row in range(rows)],
                [f"c{column}" for column in range(columns)],
            )
        )
    )
)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_small_group_can_be_worked_out(whole: dict[Key, int]) -> None:
    marks = hidden(whole, K)

    small = {key for key, number in whole.items() if 0 < number < K}
    assert small <= marks
    assert not determined(whole, marks) & small


def test_the_only_small_group_hides_another_beside_it() -> None:
    whole = with_totals(
        {("a", "yard"): 2, ("a", "roads"): 9, ("b", "yard"): 8, ("b", "roads"): 7},
        ["a", "b"],
        ["yard", "roads"],
    )

    assert hidden(whole, K) == {("a", "yard"), ("a", "roads"), ("b", "yard"), ("b", "roads")}


def test_what_is_large_is_shown() -> None:
    whole = with_totals({("a", "yard"): 20, ("a", "roads"): 0}, ["a"], ["yard", "roads"])

    assert hidden(whole, K) == set()
