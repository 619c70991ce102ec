"""What must be true of the tree and of what hangs on it, after whatever happened."""

from collections import defaultdict
from uuid import UUID

from django.db import connection

from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Affiliation, Person


def demand_a_sound_tree() -> None:
    """Intervals nest and keep apart; a subtree by numbers is the subtree by parents."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    branches = {branch.id: branch for branch in Branch.objects.order_by("place")}
    below: defaultdict[UUID | None, list[Branch]] = defaultdict(list)
    for branch in branches.values():
        below[branch.parent_id].append(branch)
    for branch in branches.values():
        last = branch.place
        for child in below[branch.id]:
            assert last < child.place <= child.place_end <= branch.place_end, (branch, child)
            last = child.place_end
    for branch in branches.values():
        numbered = [
            other.code
            for other in branches.values()
            if branch.place <= other.place <= branch.place_end
        ]
        assert sorted(numbered) == sorted(_by_parents(branch, below))
    for row in (*Person.objects.all(), *Affiliation.objects.all()):
        assert row.place == branches[row.branch_id].place


def _by_parents(top: Branch, below: dict[UUID | None, list[Branch]]) -> list[str]:
    found, pending = [], [top]
    while pending:
        branch = pending.pop()
        found.append(branch.code)
        pending.extend(below[branch.id])
    return found
