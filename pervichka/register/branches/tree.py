"""The arithmetic of preorder intervals. Plain numbers: nothing here knows of the database.

A node owns the interval `[start, end]`; its own place is `start` and its children's intervals lie
in `[start + 1, end]`, in order, with room between and after them for more.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pervichka.register.access.actor import Interval

Node = TypeVar("Node", bound=Hashable)

WHOLE = Interval(0, 2**62)
# A new child takes this share of its parent's interval, while that leaves it room to grow.
CHILD_SHARE = 4096
# Laid out anew, a node keeps this share of its interval free after its children.
FREE_SHARE = 4


@dataclass(frozen=True)
class _WholeTree:
    """What an act that may reach every branch demands the permission for."""

    place: int = WHOLE.start


WHOLE_TREE = _WholeTree()


class NoRoom(Exception):
    """The interval is too narrow; a wider part of the tree must be laid out anew."""


def slot(parent: Interval, used_up_to: int, needed: int = 1) -> Interval:
    """A free interval for one more child, after the last used number of the parent's interval.

    `needed` is the least width, in numbers. Raises `NoRoom`.
    """
    free = parent.end - used_up_to
    width = max(min((parent.end - parent.start) // CHILD_SHARE, free // 2), needed)
    if width > free:
        raise NoRoom
    return Interval(used_up_to + 1, used_up_to + width)


def layout(
    root: Node, children: Mapping[Node, Sequence[Node]], within: Interval
) -> dict[Node, Interval]:
    """Intervals for a whole subtree, wide where it is large. Raises `NoRoom`."""
    sizes = _sizes(root, children)
    placed = {root: within}
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop()
        own = placed[node]
        below = children.get(node, ())
        room = own.end - own.start
        room -= room // FREE_SHARE
        total = sizes[node] - 1
        start = own.start + 1
        for child in below:
            width = room * sizes[child] // total
            if width < sizes[child]:
                raise NoRoom
            placed[child] = Interval(start, start + width - 1)
            start += width
            open_nodes.append(child)
    return placed


def _sizes(root: Node, children: Mapping[Node, Sequence[Node]]) -> dict[Node, int]:
    """How many nodes each subtree has, itself included."""
    order = [root]
    for node in order:
        order.extend(children.get(node, ()))
    sizes = dict.fromkeys(order, 1)
    for node in reversed(order):
        sizes[node] += sum(sizes[child] for child in children.get(node, ()))
    return sizes
