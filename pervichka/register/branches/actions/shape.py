"""The shape of the tree in memory, for changes to many branches at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from pervichka.register.access.actor import Interval
from pervichka.register.branches.models import Branch
from pervichka.register.branches.tree import WHOLE, NoRoom, layout, slot

# A branch laid out for the first time gets at least this many numbers for each unit below it.
ROOM_EACH = 2**20
_BATCH = 20_000


@dataclass(slots=True)
class _Node:
    parent: UUID | None
    interval: Interval | None


class Shape:
    """Parents and intervals; `settle` gives every node an interval again."""

    def __init__(self) -> None:
        self._nodes: dict[UUID, _Node] = {}

    @classmethod
    def load(cls) -> "Shape":
        shape = cls()
        rows = Branch.objects.values_list("id", "parent_id", "place", "place_end")
        for id_, parent, start, end in rows.iterator(_BATCH):
            shape._nodes[id_] = _Node(parent, Interval(start, end))
        return shape

    def add(self, id_: UUID, parent: UUID | None) -> None:
        self._nodes[id_] = _Node(parent, None)

    def move(self, id_: UUID, parent: UUID) -> None:
        node = self._nodes[id_]
        if node.parent != parent:
            node.parent, node.interval = parent, None

    def unsettle(self, id_: UUID) -> None:
        """Have the part of the tree around this branch laid out anew."""
        self._nodes[id_].interval = None

    def settle(self) -> dict[UUID, Interval]:
        """The intervals that are new or changed."""
        before = {id_: node.interval for id_, node in self._nodes.items()}
        children = self._children()
        try:
            for top in self._unsettled_tops():
                self._settle_top(top, children)
        except NoRoom:
            self._lay_out(self._root(), WHOLE, children)
        return {
            id_: node.interval
            for id_, node in self._nodes.items()
            if node.interval is not None and node.interval != before[id_]
        }

    def _root(self) -> UUID:
        return next(id_ for id_, node in self._nodes.items() if node.parent is None)

    def _children(self) -> dict[UUID, list[UUID]]:
        children: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for id_, node in self._nodes.items():
            if node.parent is not None:
                children[node.parent].append(id_)
        for below in children.values():
            # Those already placed keep their order; the new follow in the order they came.
            below.sort(key=lambda id_: getattr(self._nodes[id_].interval, "start", WHOLE.end))
        return children

    def _unsettled_tops(self) -> Iterator[UUID]:
        """The units right below the root (or the root) under which something has no interval."""
        tops: dict[UUID, None] = {}
        for id_, node in self._nodes.items():
            if node.interval is None:
                tops[self._top(id_)] = None
        yield from tops

    def _top(self, id_: UUID) -> UUID:
        while True:
            parent = self._nodes[id_].parent
            if parent is None or self._nodes[parent].parent is None:
                return id_
            id_ = parent

    def _settle_top(self, top: UUID, children: dict[UUID, list[UUID]]) -> None:
        node = self._nodes[top]
        if node.parent is None:
            self._lay_out(top, WHOLE, children)
            return
        if node.interval is None:
            node.interval = self._slot_below_root(top, node.parent, children)
        self._lay_out(top, node.interval, children)

    def _slot_below_root(self, top: UUID, root: UUID, children: dict[UUID, list[UUID]]) -> Interval:
        root_interval = self._nodes[root].interval or WHOLE
        used = max(
            (node.interval.end for id_ in children[root] if (node := self._nodes[id_]).interval),
            default=root_interval.start,
        )
        size = sum(1 for _ in self._walk(top, children))
        return slot(root_interval, used, needed=size * ROOM_EACH)

    def _walk(self, top: UUID, children: dict[UUID, list[UUID]]) -> Iterator[UUID]:
        pending = [top]
        while pending:
            id_ = pending.pop()
            yield id_
            pending.extend(children.get(id_, ()))

    def _lay_out(self, top: UUID, within: Interval, children: dict[UUID, list[UUID]]) -> None:
        for id_, interval in layout(top, children, within).items():
            self._nodes[id_].interval = interval


def lock_tree() -> None:
    """One change of the tree's shape at a time; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('branch tree'))")


def write_intervals(intervals: Iterable[tuple[UUID, Interval]]) -> None:
    """Store new intervals; rows placed by the branches follow by their foreign keys."""
    rows = list(intervals)
    with connection.cursor() as cursor:
        for first in range(0, len(rows), _BATCH):
            part = rows[first : first + _BATCH]
            cursor.execute(
                """
                update branch set place = new.place, place_end = new.place_end
                from unnest(%s::uuid[], %s::bigint[], %s::bigint[]) as new (id, place, place_end)
                where branch.id = new.id
                """,
                [
                    [id_ for id_, _ in part],
                    [interval.start for _, interval in part],
                    [interval.end for _, interval in part],
                ],
            )
