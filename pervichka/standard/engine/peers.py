"""Where a branch stands among those of its level and size; computed when read, never stored."""

from collections.abc import Hashable, Sequence

from pervichka.standard.rulebook.document import Peers


def group(peers: Peers | None, level: str, size: float | None) -> tuple[str, int] | None:
    """The level and band that a branch shares with its peers; none where its size is unknown.

    `size` is the branch's own number that the document names (`by`). A document without bands
    compares all of a level.
    """
    if peers is None:
        return level, 0
    band = peers.band(size)
    return None if band is None else (level, band)


def percentiles(
    groups: Sequence[Hashable | None], points: Sequence[float | None]
) -> list[float | None]:
    """The share, 0 to 1, of peers with strictly fewer points plus half of those with equal points.

    A branch is among its own peers, so the middle one of any group stands at one half. Branches
    without points, or without a group, have none and are nobody's peers.
    """
    members: dict[Hashable, list[float]] = {}
    for one, mark in zip(groups, points, strict=True):
        if one is not None and mark is not None:
            members.setdefault(one, []).append(mark)
    standings = {one: _standings(marks) for one, marks in members.items()}
    return [
        None if one is None or mark is None else standings[one][mark]
        for one, mark in zip(groups, points, strict=True)
    ]


def _standings(marks: list[float]) -> dict[float, float]:
    """Each different number of points with its percentile."""
    marks = sorted(marks)
    standings: dict[float, float] = {}
    start = 0
    while start < len(marks):
        end = start
        while end < len(marks) and marks[end] == marks[start]:
            end += 1
        standings[marks[start]] = (start + (end - start) / 2) / len(marks)
        start = end
    return standings
