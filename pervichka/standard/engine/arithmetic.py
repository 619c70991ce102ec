"""From exact counts to points and grades, over all branches at once.

Columns are Arrow arrays of doubles, an absent number a null, which every operation passes on.
Each step is one operation of IEEE 754 per branch, in the document's order, so a branch's numbers
are to the last bit those of a plain loop.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pervichka.standard.rulebook.document import Grade, Indicator

LEEWAY = 1e-9  # of a grade's two comparisons
_EXACT = 2**53  # up to here every integer is a double


def nearest(column: pa.Array, scale: int) -> pa.Array:
    """Integers of the `scale`-th decimal as the nearest doubles."""
    try:
        whole = column.cast(pa.int64())
    except pa.ArrowInvalid:  # beyond 64 bits
        return _nearest_of_any_size(column, scale)
    ends = pc.min_max(whole).as_py()
    if len(whole) and not -_EXACT <= ends["min"] <= ends["max"] <= _EXACT:
        return _nearest_of_any_size(column, scale)
    # Both operands are doubles exactly, so the one division rounds once.
    return pc.divide(whole.cast(pa.float64()), float(10**scale))


def _nearest_of_any_size(column: pa.Array, scale: int) -> pa.Array:
    # Python divides integers of any size with one correct rounding.
    numbers = [int(number) / 10**scale for number in column.to_pylist()]
    return pa.array(numbers, pa.float64())


def value(indicator: Indicator, numerator: pa.Array, denominator: pa.Array | None) -> pa.Array:
    """`n / d × per`, or `n × per` where nothing is divided by; null where it does not apply."""
    per = float(getattr(indicator.measure, "per", 1.0))
    if denominator is None:
        return pc.multiply(numerator, per)
    applies = pc.greater(denominator, 0.0)
    if indicator.min_denominator is not None:
        enough = pc.greater_equal(denominator, float(indicator.min_denominator))
        applies = pc.and_(applies, enough)
    divisor = pc.if_else(applies, denominator, None)
    return pc.multiply(pc.divide(numerator, divisor), per)


def points(indicator: Indicator, values: pa.Array) -> pa.Array:
    """`100 × clamp((value − floor) / (target − floor), 0, 1)`."""
    floor, target = float(indicator.floor), float(indicator.target)
    share = pc.divide(pc.subtract(values, floor), target - floor)
    at_most = pc.if_else(pc.less(share, 1.0), share, 1.0)
    # Not `max`: of 0.0 and -0.0 it would keep either.
    clamped = pc.if_else(pc.greater(share, 0.0), at_most, 0.0)
    return pc.multiply(clamped, 100.0)


def mean(columns: Sequence[pa.Array], weights: Sequence[float], size: int) -> pa.Array:
    """`Σ(points × weight) / Σ weight` over those there are, added in the order given."""
    total = weight = pa.array([0.0] * size, pa.float64())
    for column, own in zip(columns, weights, strict=True):
        there = pc.is_valid(column)
        total = pc.if_else(there, pc.add(total, pc.multiply(column, float(own))), total)
        weight = pc.if_else(there, pc.add(weight, float(own)), weight)
    return pc.divide(total, pc.if_else(pc.greater(weight, 0.0), weight, None))


def carried(columns: Sequence[pa.Array], shares: Sequence[float], size: int) -> pa.Array:
    """The weight of the columns that have a value, added in the order given."""
    weight = pa.array([0.0] * size, pa.float64())
    for column, share in zip(columns, shares, strict=True):
        weight = pc.if_else(pc.is_valid(column), pc.add(weight, share), weight)
    return weight


def grade(bounds: Sequence[Grade], total: float) -> str:
    """The highest grade whose bound the points reach; D below the last."""
    return next((one.name for one in bounds if one.bound <= total + LEEWAY), "D")
