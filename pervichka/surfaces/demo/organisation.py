"""The whole organisation, made up in memory: the same seed, size and day give the same rows."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pervichka.register.branches.packs import Pack
from pervichka.surfaces.demo.appeals import Appeals, make_appeals
from pervichka.surfaces.demo.events import Staged, make_events
from pervichka.surfaces.demo.people import People, make_people
from pervichka.surfaces.demo.plan import Temper
from pervichka.surfaces.demo.posts import Posts, Tour, choose_tour, make_posts
from pervichka.surfaces.demo.rows import Events
from pervichka.surfaces.demo.sizes import Size
from pervichka.surfaces.demo.tree import Tree, make_tree

SEED = 2026


@dataclass(kw_only=True)
class Organisation:
    """Rows of every table, and what is planted in them."""

    tree: Tree
    people: People
    posts: Posts
    events: Events
    appeals: Appeals
    tour: Tour

    @property
    def labels(self) -> Mapping[str, Temper]:
        """By branch code, how each primary branch was made to work: what guards should find."""
        return {unit.row.code: unit.temper for unit in self.tree.primaries if unit.temper}

    def content_hash(self) -> str:
        """Of every row, in order, identifiers included."""
        digest = hashlib.sha256()
        for row in self._rows():
            digest.update(repr(tuple(row)).encode())
        return digest.hexdigest()

    def _rows(self) -> Iterator[Iterable[object]]:
        for unit in self.tree.units():
            yield unit.row
        for part in (self.tree.precincts, self.tree.links):
            yield from part
        for group in (self.people, self.posts, self.events, self.appeals):
            for rows in vars(group).values():
                yield from rows


def make_organisation(
    *, pack: Pack, size: Size, today: date, zone: ZoneInfo, seed: int = SEED
) -> Organisation:
    """Make it all up; `today` is the day up to which its year of work goes, in `zone`."""
    tree = make_tree(pack, size, seed, today)
    people = make_people(tree, seed, today)
    tour = choose_tour(tree)
    posts = make_posts(tree, tour, seed, today)
    staged = Staged(to_tick={tour.average.row.code})
    events = make_events(tree.primaries, seed, today, zone, staged)
    busy = frozenset(
        unit.row.code for unit in (tour.region, tour.local, tour.average, tour.excellent)
    )
    return Organisation(
        tree=tree,
        people=people,
        posts=posts,
        events=events,
        appeals=make_appeals(tree, seed, today, zone, busy),
        tour=tour,
    )
