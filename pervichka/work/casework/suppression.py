"""Small groups are not shown, nor can they be worked out from what is shown beside them.

Plain numbers in, marks out. A cell of fewer than k (and more than none) is hidden, totals alike.
What is hidden can be had by subtraction unless it lies on a closed circuit of hidden cells, along
rows and columns in turn (each line with its total is one equation): so more is hidden, the smallest
first, until each does. And what is hidden in a line whose total is shown makes up k together.
Places are whole branches and times are whole years, so that no two tables differ by a few.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

Key = tuple[str, str]
TOTAL: Final = ""
"""The row of the columns' totals, and the column of the rows'."""


def with_totals(
    counts: Mapping[Key, int], rows: Sequence[str], columns: Sequence[str]
) -> dict[Key, int]:
    """The table with its totals: of each row, of each column, of all."""
    whole = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        whole[row, TOTAL] = sum(whole[row, column] for column in columns)
    for column in [*columns, TOTAL]:
        whole[TOTAL, column] = sum(whole[row, column] for row in rows)
    return whole


def hidden(whole: Mapping[Key, int], k: int) -> set[Key]:
    """The cells and totals of such a table that must not be shown."""
    found = {key for key, number in whole.items() if 0 < number < k}
    while (key := next(_told(whole, found, k), None)) is not None:
        # It always ends: at worst all is hidden, and then nothing can be worked out.
        more = _least(whole, found, key)
        if more is None:
            return set(whole)
        found.add(more)
    return found


def _told(whole: Mapping[Key, int], found: set[Key], k: int) -> Iterator[Key]:
    """Hidden cells that what is shown gives away, by themselves or together with their line."""
    for key in sorted(found):
        if not _on_a_circuit(key, found):
            yield key
    for number in (0, 1):
        for name in sorted({key[number] for key in found}):
            line = [key for key in found if key[number] == name]
            shown = all(key[1 - number] != TOTAL for key in line)
            if shown and sum(whole[key] for key in line) < k:
                yield min(line)


def _on_a_circuit(key: Key, found: set[Key]) -> bool:
    """Whether its row and its column are joined by other hidden cells too."""
    reached, waiting = {(0, key[0])}, [(0, key[0])]
    while waiting:
        side, name = waiting.pop()
        for other in found:
            step = (1 - side, other[1 - side])
            if other != key and other[side] == name and step not in reached:
                reached.add(step)
                waiting.append(step)
    return (1, key[1]) in reached


def _least(whole: Mapping[Key, int], found: set[Key], key: Key) -> Key | None:
    """The smallest that is still shown in its row or column; of equals always the same one."""
    near = [
        other
        for other in whole
        if other not in found and (other[0] == key[0] or other[1] == key[1])
    ]
    # One of none hides as well as any, but tells less where it is shown: it comes last.
    near.sort(key=lambda other: (whole[other] == 0, TOTAL in other, whole[other], other))
    if near:
        return near[0]
    return next((other for other in sorted(whole) if other not in found), None)
