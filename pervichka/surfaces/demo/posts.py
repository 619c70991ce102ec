"""Posts of every branch, who holds them, and those whom one click lets in."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from pervichka.register.posts.actions.loading import PostHoldingRow, PostRow, UserRow
from pervichka.register.posts.kinds import POST_KINDS
from pervichka.surfaces.demo.plan import Temper, Unit
from pervichka.surfaces.demo.seeded import Chance
from pervichka.surfaces.demo.tree import Tree

_OF_LEVEL = {"primary": "secretary", "local": "local_head", "regional": "regional_head"}
_HEADQUARTERS = ("headquarters_editor", "data_protection_officer", "viewer", "administrator")
_VACANT = {Temper.DORMANT: 0.3, Temper.WEAK: 0.18}
_VACANT_ELSEWHERE = 0.04
_EXPIRED = 0.08
_TERM_DAYS = 3 * 365
_BIG_REGION, _OTHER_REGION = 12, 8


@dataclass(kw_only=True)
class Posts:
    """Rows to be written."""

    users: list[UserRow] = field(default_factory=list)
    posts: list[PostRow] = field(default_factory=list)
    holdings: list[PostHoldingRow] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Tour:
    """The branches through which the demo is shown."""

    region: Unit
    other_region: Unit
    local: Unit
    excellent: Unit
    average: Unit
    silent: Unit

    def users(self, root: Unit) -> list[tuple[str, Unit, str]]:
        """User name, branch and kind of post, in the order of the front page."""
        wanted = [
            ("demo-region", self.region, "regional_head"),
            ("demo-secretary", self.average, "secretary"),
            ("demo-excellent", self.excellent, "secretary"),
            ("demo-silent", self.silent, "secretary"),
            ("demo-local", self.local, "local_head"),
            ("demo-region-2", self.other_region, "regional_head"),
            ("demo-standard", root, "headquarters_editor"),
            ("demo-viewer", root, "viewer"),
            ("demo-officer", root, "data_protection_officer"),
            ("demo-admin", root, "administrator"),
        ]
        # Where one region is made up there is no other.
        alone = self.other_region is self.region
        return [one for one in wanted if not (alone and one[0] == "demo-region-2")]


def choose_tour(tree: Tree) -> Tour:
    """The first region large enough to show an excellent, an average and a silent branch."""
    region = next(
        unit
        for unit in sorted(tree.regions, key=lambda unit: len(_alive(unit)) < _BIG_REGION)
        if {Temper.EXCELLENT, Temper.AVERAGE, Temper.DORMANT}
        <= {one.temper for one in _alive(unit)}
    )
    others = [unit for unit in tree.regions if unit is not region]
    other = next((unit for unit in others if len(_alive(unit)) >= _OTHER_REGION), region)
    average = _first(region, Temper.AVERAGE)
    local = next(unit for unit in region.children if average in unit.children)
    return Tour(
        region=region,
        other_region=other,
        local=local,
        excellent=_first(region, Temper.EXCELLENT),
        average=average,
        silent=_first(region, Temper.DORMANT),
    )


def _alive(region: Unit) -> list[Unit]:
    return [
        unit for local in region.children for unit in local.children if unit.row.closed_on is None
    ]


def _first(region: Unit, temper: Temper) -> Unit:
    return next(unit for unit in _alive(region) if unit.temper is temper)


def make_posts(tree: Tree, tour: Tour, seed: int, today: date) -> Posts:
    made = Posts()
    wanted = {(unit.row.code, kind): name for name, unit, kind in tour.users(tree.root)}
    order = [name for name, _, _ in tour.users(tree.root)]
    for unit in tree.units():
        chance = Chance.of(seed, unit.row.code, "posts")
        kinds = [_OF_LEVEL[unit.row.level]] if unit.row.level in _OF_LEVEL else list(_HEADQUARTERS)
        for kind in kinds:
            name = wanted.get((unit.row.code, kind))
            post = _post(chance, unit, kind)
            made.posts.append(post)
            person = _holder(chance, unit, today)
            if name is not None:
                number = order.index(name)
                user = UserRow(chance.id(today), name, person, today, number)
                made.users.append(user)
                made.holdings.append(_holding(chance, post, person, user.id, today, sure=True))
            elif person is not None and _filled(chance, unit):
                made.holdings.append(_holding(chance, post, person, None, today, sure=False))
    return made


def _post(chance: Chance, unit: Unit, kind: str) -> PostRow:
    opened = unit.row.opened_on
    return PostRow(
        id=chance.id(opened or date(2019, 3, 1)),
        branch_id=unit.row.id,
        place=unit.row.place,
        kind=kind,
        role=POST_KINDS[kind].role.code,
        opened_on=opened,
        closed_on=unit.row.closed_on,
    )


def _filled(chance: Chance, unit: Unit) -> bool:
    vacant = _VACANT_ELSEWHERE if unit.temper is None else _VACANT.get(unit.temper, 0.04)
    return not chance.happens(vacant)


def _holder(chance: Chance, unit: Unit, today: date) -> UUID | None:
    """A member of the branch, or of one below it; headquarters' people are in no made-up branch."""
    if unit.row.level == "federal":
        return None
    primary = unit
    while primary.children:
        primary = chance.choice(primary.children)
    members = primary.members(today)
    return chance.choice(members).id if members else None


def _holding(
    chance: Chance,
    post: PostRow,
    person: UUID | None,
    user: UUID | None,
    today: date,
    *,
    sure: bool,
) -> PostHoldingRow:
    """A term of three years; some have run out with nobody elected since."""
    over = not sure and chance.happens(_EXPIRED)
    ends = today + timedelta(days=chance.randrange(60, 900))
    if over:
        ends = today - timedelta(days=chance.randrange(10, 400))
    starts = max(ends - timedelta(days=_TERM_DAYS), post.opened_on or date.min)
    return PostHoldingRow(
        id=chance.id(starts),
        branch_id=post.branch_id,
        place=post.place,
        post_id=post.id,
        person_id=person,
        user_id=user,
        acting=not sure and chance.happens(0.05),
        starts_on=min(starts, ends),
        term_ends_on=ends,
        ended_on=min(today, post.closed_on) if post.closed_on else None,
    )
