"""A list of precincts: what vanished closes, what is new opens, and the grown branches follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.actions.bulk import copy_in, last_day, set_column
from pervichka.register.branches.actions.growing import Grove, last_links
from pervichka.register.branches.actions.listed import ListedPrecinct, read_precincts
from pervichka.register.branches.actions.shape import lock_tree
from pervichka.register.branches.models import Branch, Precinct, PrecinctLink
from pervichka.register.branches.queries.pack import current_pack
from pervichka.register.branches.tree import WHOLE_TREE


@dataclass(frozen=True, kw_only=True)
class PrecinctsImported:
    """What a list changed, in precincts; and in branches, where they grow from it."""

    opened: int
    closed: int
    moved: int
    voters_changed: int
    unchanged: int
    branches_opened: int
    branches_moved: int
    branches_closed: int


@transaction.atomic
def import_precincts(
    *, file: Path, grow: bool, valid_from: date | None, by: Actor, at: datetime
) -> PrecinctsImported:
    """Bring the precincts of the regions that the list names into step with it.

    Regions that it does not name stay as they are. With `grow`, and from then on, each precinct
    has a primary branch under a local one for its territory, under a regional one, under the root.
    Raises `Refused` with every mistake; then nothing of the file is kept.
    """
    demand(by, Permission.CHANGE_BRANCHES, WHOLE_TREE)
    grow = grow or _has_grown()
    listed = read_precincts(file, pack=current_pack(), grow=grow)
    return take_precincts(listed=listed, grow=grow, valid_from=valid_from, by=by, at=at)


@transaction.atomic
def take_precincts(
    *,
    listed: Iterable[ListedPrecinct],
    grow: bool,
    valid_from: date | None,
    by: Actor,
    at: datetime,
) -> PrecinctsImported:
    """As `import_precincts`, from rows already read and checked."""
    demand(by, Permission.CHANGE_BRANCHES, WHOLE_TREE)
    lock_tree()
    step = _Step.between(list(listed), valid_from, timezone.localdate(at))
    grow = grow or _has_grown()
    step.write()
    again = {id_ for id_, _ in step.again}
    grove = Grove(since=valid_from, until=step.until, again=again)
    if grow:
        moved = {id_ for id_, _ in step.moved}
        for id_, precinct in step.all_listed():
            grove.plant(id_, precinct, moved=id_ in moved)
        for id_ in step.vanished:
            grove.uproot(id_)
        grove.write(by=by, at=at)
    else:
        links = PrecinctLink.objects.filter(precinct_id__in=step.vanished, valid_to=None)
        links.update(valid_to=last_day(step.until))
        PrecinctLink.objects.filter(id__in=last_links(again)).update(valid_to=None)
    journal.append(
        by=by,
        at=at,
        action="precincts.imported",
        subject=("precincts", ",".join(sorted(step.regions))),
        fields=["territory", "voters", "valid_from", "valid_to"],
    )
    return PrecinctsImported(
        opened=len(step.fresh) + len(step.again),
        closed=len(step.vanished),
        moved=len(step.moved),
        voters_changed=len(step.voters),
        unchanged=step.unchanged,
        branches_opened=grove.opened,
        branches_moved=grove.moved,
        branches_closed=grove.closed,
    )


def _has_grown() -> bool:
    return Branch.objects.filter(grown=True).exists()


class _Step:
    """From the precincts in force to those of a list."""

    def __init__(self, since: date | None, until: date) -> None:
        self.since = since
        # The day on which what vanished ends: the list's own, else today.
        self.until = until
        self.regions: set[str] = set()
        self.kept: list[tuple[UUID, ListedPrecinct]] = []
        self.fresh: list[tuple[UUID, ListedPrecinct]] = []
        # Ended, and listed again as of a day on which they were still there, or as since always.
        self.again: list[tuple[UUID, ListedPrecinct]] = []
        self.vanished: list[UUID] = []
        self.moved: list[tuple[UUID, object]] = []
        self.voters: list[tuple[UUID, object]] = []
        self.unchanged = 0

    @classmethod
    def between(cls, listed: list[ListedPrecinct], since: date | None, today: date) -> "_Step":
        step = cls(since, since or today)
        step.regions = {precinct.region for precinct in listed}
        known = {
            (precinct.region, precinct.number): precinct
            for precinct in Precinct.objects.filter(region__in=step.regions, valid_to=None)
        }
        ended = step._ended()
        for precinct in listed:
            old = known.pop(precinct.key, None)
            if old is not None:
                step.kept.append((old.id, precinct))
                step._compare(old, precinct)
            elif (past := ended.get(precinct.key)) is not None:
                step.again.append((past.id, precinct))
                step._compare(past, precinct)
            else:
                step.fresh.append((new_id(), precinct))
        step.vanished = [precinct.id for precinct in known.values()]
        return step

    def _ended(self) -> dict[tuple[str, int], Precinct]:
        """The last span of each ended precinct that a new one from the list's day would overlap."""
        ended = Precinct.objects.filter(region__in=self.regions, valid_to__isnull=False)
        if self.since is not None:
            ended = ended.filter(valid_to__gt=self.since)
        return {(one.region, one.number): one for one in ended.order_by("valid_to")}

    def _compare(self, old: Precinct, new: ListedPrecinct) -> None:
        if old.territory != new.territory:
            self.moved.append((old.id, new.territory))
        if old.voters != new.voters:
            self.voters.append((old.id, new.voters))
        same = (old.territory, old.voters) == (new.territory, new.voters)
        if same and old.valid_to is None:
            self.unchanged += 1

    def all_listed(self) -> Iterator[tuple[UUID, ListedPrecinct]]:
        yield from self.kept
        yield from self.again
        yield from self.fresh

    def write(self) -> None:
        copy_in(
            "precinct",
            ("id", "region", "territory", "number", "voters", "valid_from"),
            (
                (id_, new.region, new.territory, new.number, new.voters, self.since)
                for id_, new in self.fresh
            ),
        )
        again = [id_ for id_, _ in self.again]
        Precinct.objects.filter(id__in=again).update(valid_to=None)
        set_column("precinct", "territory", "text", self.moved)
        set_column("precinct", "voters", "integer", self.voters)
        Precinct.objects.filter(id__in=self.vanished).update(valid_to=last_day(self.until))
