from pervichka.standard.engine.peers import group, percentiles
from pervichka.standard.rulebook.document import Peers

BANDS = Peers(by="voters", bands=(500.0, 1500.0))


def test_bands_hold_their_lower_bound() -> None:
    sizes = [0, 499, 500, 1499, 1500, 9000, None]
    groups = [group(BANDS, "primary", size) for size in sizes]
    assert [one and one[1] for one in groups] == [0, 0, 1, 1, 2, 2, None]
    assert group(BANDS, "local", 0) != group(BANDS, "primary", 0)
    assert group(None, "local", None) == group(None, "local", 5)


def test_a_percentile_is_fewer_plus_half_of_equal() -> None:
    a, b = ("primary", 0), ("primary", 1)
    groups = [a, a, a, a, b, None, a]
    points = [10.0, 20.0, 20.0, 30.0, 5.0, 50.0, None]
    assert percentiles(groups, points) == [1 / 8, 1 / 2, 1 / 2, 7 / 8, 1 / 2, None, None]
    assert percentiles([], []) == []
