"""The tree: regions of the pack, districts whose names are put together, primaries by precinct."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, log
from uuid import UUID

from pervichka.register.access.actor import Interval
from pervichka.register.branches.actions.loading import BranchRow, PrecinctLinkRow, PrecinctRow
from pervichka.register.branches.packs import Pack, Region
from pervichka.register.branches.tree import WHOLE, layout
from pervichka.surfaces.demo.plan import Temper, Unit
from pervichka.surfaces.demo.seeded import Chance
from pervichka.surfaces.demo.sizes import Size, locals_of, primaries
from pervichka.surfaces.demo.words import latin, place_names

_FOUNDED = date(2019, 3, 1)
# Registered voters of a precinct by its rank: a tenth have fewer than 168, half fewer than 995.
_VOTERS = ((0.0, 25), (0.1, 168), (0.5, 995), (0.9, 2_180), (1.0, 2_950))
_TEMPERS = (
    (Temper.EXCELLENT, 0.08),
    (Temper.STEADY, 0.30),
    (Temper.AVERAGE, 0.33),
    (Temper.WEAK, 0.11),
    (Temper.DORMANT, 0.11),
    (Temper.PADDING, 0.07),
)
_BARE = 0.05
_CLOSED = 0.012
_OPENED_LATELY = 0.03
_TWO_PRECINCTS = 0.06


@dataclass(kw_only=True)
class Tree:
    """Branches from the root down, precincts, and who covers which."""

    root: Unit
    regions: list[Unit] = field(default_factory=list)
    locals: list[Unit] = field(default_factory=list)
    primaries: list[Unit] = field(default_factory=list)
    precincts: list[PrecinctRow] = field(default_factory=list)
    links: list[PrecinctLinkRow] = field(default_factory=list)

    def units(self) -> Iterator[Unit]:
        """Parents before children."""
        yield self.root
        yield from self.regions
        yield from self.locals
        yield from self.primaries


def make_tree(pack: Pack, size: Size, seed: int, today: date) -> Tree:
    root = Unit(
        row=_row(Chance.of(seed, "root"), pack.root_code, "federal", None, dict(pack.root_name))
    )
    tree = Tree(root=root)
    names = list(place_names())
    Chance.of(seed, "places").shuffle(names)
    for region, count in primaries(pack, size):
        _grow_region(tree, region, count, size, seed, names, today)
    _lay_out(tree)
    return tree


def _grow_region(
    tree: Tree,
    region: Region,
    count: int,
    size: Size,
    seed: int,
    names: list[str],
    today: date,
) -> None:
    chance = Chance.of(seed, region.code)
    unit = Unit(
        row=_row(chance, region.code, "regional", tree.root.row.id, dict(region.name)),
        strength=min(1.5, max(0.5, chance.gauss(1.0, 0.22))),
    )
    tree.root.children.append(unit)
    tree.regions.append(unit)
    number_of_locals = locals_of(region, count, size)
    start = chance.randrange(len(names))
    for index in range(number_of_locals):
        name = names[(start + index) % len(names)]
        unit.children.append(_local(chance, region, unit, name))
    tree.locals += unit.children
    tempers = _tempers(chance, count, unit.strength)
    for number, temper in enumerate(tempers, start=1):
        # Districts fill up one after another, as numbers of precincts do.
        local = unit.children[(number - 1) * number_of_locals // count]
        _primary(tree, chance, region, local, number, temper, today)
    for extra in range(max(1, round(count * _BARE))):
        local = chance.choice(unit.children)
        tree.precincts.append(_precinct(chance, region, local, count * 2 + 1 + extra))


def _local(chance: Chance, region: Region, above: Unit, name: str) -> Unit:
    territory = f"{name} район"
    row = _row(
        chance,
        f"{region.code}/{territory.lower().replace(' ', '-')}",
        "local",
        above.row.id,
        {"ru": territory, "en": f"{latin(name)} District"},
    )
    return Unit(row=row, strength=above.strength, town=name)


def _primary(
    tree: Tree,
    chance: Chance,
    region: Region,
    local: Unit,
    number: int,
    temper: Temper,
    today: date,
) -> None:
    opened = None
    if temper is not Temper.DORMANT and chance.happens(_OPENED_LATELY):
        opened = today - timedelta(days=chance.randrange(60, 330))
    closed = None
    if temper is Temper.WEAK and chance.happens(_CLOSED * 8):
        closed = today - timedelta(days=chance.randrange(40, 200))
        opened = None
    row = _row(
        chance,
        f"{region.code}/{number}",
        "primary",
        local.row.id,
        {"ru": f"Первичное отделение № {number}", "en": f"Primary branch No. {number}"},
    )
    covered = [_precinct(chance, region, local, number)]
    if chance.happens(_TWO_PRECINCTS):
        # A second precinct of the same branch bears a number of its own.
        covered.append(_precinct(chance, region, local, number + 10_000))
    unit = Unit(
        row=row._replace(
            opened_on=opened or _FOUNDED,
            closed_on=closed,
            voters=sum(precinct.voters or 0 for precinct in covered),
        ),
        temper=temper,
        strength=local.strength,
        town=local.town,
    )
    if temper is Temper.DORMANT:
        unit.silent_since = today - timedelta(days=chance.randrange(95, 330))
    local.children.append(unit)
    tree.primaries.append(unit)
    tree.precincts += covered
    tree.links += [
        PrecinctLinkRow(chance.id(_FOUNDED), precinct.id, row.id, unit.row.opened_on, closed)
        for precinct in covered
    ]


def _precinct(chance: Chance, region: Region, local: Unit, number: int) -> PrecinctRow:
    return PrecinctRow(
        chance.id(_FOUNDED), region.code, local.row.name_ru, number, _voters(chance.random())
    )


def _voters(rank: float) -> int:
    """Between two known ranks the size grows by a steady factor."""
    index = bisect([known for known, _ in _VOTERS], rank) - 1
    (low, fewest), (high, most) = _VOTERS[index], _VOTERS[index + 1]
    share = (rank - low) / (high - low)
    return round(exp(log(fewest) + share * (log(most) - log(fewest))))


def _tempers(chance: Chance, count: int, strength: float) -> Sequence[Temper]:
    """One of each kind at least where there is room; a strong region has more of the good ones."""
    kinds = [temper for temper, _ in _TEMPERS]
    weights = [
        weight * (strength**2 if temper in {Temper.EXCELLENT, Temper.STEADY} else 1 / strength)
        for temper, weight in _TEMPERS
    ]
    drawn = chance.choices(kinds, weights, k=count)
    if count >= len(kinds) * 2:
        drawn[: len(kinds)] = kinds
        chance.shuffle(drawn)
    return drawn


def _row(
    chance: Chance, code: str, level: str, parent: UUID | None, name: dict[str, str]
) -> BranchRow:
    return BranchRow(
        id=chance.id(_FOUNDED),
        code=code,
        level=level,
        parent_id=parent,
        place=0,
        place_end=0,
        name=name["en"],
        name_ru=name["ru"],
        voters=None,
        opened_on=_FOUNDED,
        closed_on=None,
    )


def _lay_out(tree: Tree) -> None:
    """Give every branch its interval, and those above the sum of their voters."""
    children = {unit.row.id: [child.row.id for child in unit.children] for unit in tree.units()}
    intervals: dict[UUID, Interval] = layout(tree.root.row.id, children, WHOLE)
    for unit in tree.units():
        own = intervals[unit.row.id]
        unit.row = unit.row._replace(place=own.start, place_end=own.end)
    for unit in [*tree.locals, *tree.regions, tree.root]:
        unit.row = unit.row._replace(voters=sum(child.row.voters or 0 for child in unit.children))
