"""Branches that grow from precincts: a root, regions, territories, and one branch a precinct."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.branches.actions.bulk import copy_in, last_day, set_column
from pervichka.register.branches.actions.listed import ListedPrecinct
from pervichka.register.branches.actions.shape import Shape, write_intervals
from pervichka.register.branches.models import Branch, LevelOfTree, PrecinctLink
from pervichka.register.branches.packs import Pack, Texts
from pervichka.register.branches.queries.pack import current_pack

_COLUMNS = (
    "id", "code", "level", "parent_id", "place", "place_end", "name", "name_ru", "voters",
    "opened_on", "grown",
)  # fmt: skip


def territory_code(region: str, territory: str) -> str:
    """`RU-AD/адыгейская`: lower case, spaces to hyphens."""
    return f"{region}/{territory.lower().replace(' ', '-')}"


def last_links(precincts: Collection[UUID]) -> dict[UUID, PrecinctLink]:
    """The link that each of these ended precincts had at its end, by the link's id."""
    ended = PrecinctLink.objects.filter(precinct_id__in=precincts, valid_to__isnull=False)
    last = {link.precinct_id: link for link in ended.order_by("valid_to")}
    return {link.id: link for link in last.values()}


class Grove:
    """Plans the branches of a list of precincts against those there are, then writes them all."""

    def __init__(self, *, since: date | None, until: date, again: Collection[UUID] = ()) -> None:
        self._since, self._until = since, until
        self._pack: Pack = current_pack()
        self._shape = Shape.load()
        self._branches = {branch.code: branch for branch in Branch.objects.all()}
        self._by_id = {branch.id: branch for branch in self._branches.values()}
        self._links = {
            link.precinct_id: link for link in PrecinctLink.objects.filter(valid_to=None)
        }
        # Of precincts that are listed again: their last span goes on, and so does its link.
        self._past = {link.precinct_id: link for link in last_links(again).values()}
        self._links_again: list[UUID] = []
        self._fresh: dict[UUID, Branch] = {}
        self._new_links: list[tuple[UUID, UUID]] = []
        self._ended_links: list[UUID] = []
        self._moves: dict[UUID, UUID] = {}
        self._voters: dict[UUID, int | None] = {}
        self._closing: dict[UUID, Branch] = {}
        self._reopened: dict[UUID, Branch] = {}

    @property
    def opened(self) -> int:
        return len(self._fresh) + len(self._reopened)

    @property
    def moved(self) -> int:
        return len(self._moves)

    @property
    def closed(self) -> int:
        return len(self._closing)

    def plant(self, precinct: UUID, listed: ListedPrecinct, *, moved: bool) -> None:
        """See to it that the precinct has its primary branch; `moved` if its territory changed."""
        link = self._links.get(precinct)
        if link is None:
            local = self._local(listed.region, listed.territory)
            branch = self._primary(listed.region, listed.number, local)
            past = self._past.get(precinct)
            if past is not None and past.branch_id == branch.id:
                self._links_again.append(past.id)
            else:
                self._new_links.append((precinct, branch.id))
            self._hang(branch, local)
        else:
            branch = self._by_id[link.branch_id]
            if not branch.grown or branch.closed_on is not None:
                # Somebody has decided about this precinct's branch; a list doesn't undo that.
                return
            if moved:
                self._hang(branch, self._local(listed.region, listed.territory))
        if branch.voters != listed.voters:
            branch.voters = self._voters[branch.id] = listed.voters

    def _hang(self, branch: Branch, local: Branch) -> None:
        if branch.parent_id != local.id:
            branch.parent_id = local.id
            self._moves[branch.id] = local.id

    def uproot(self, precinct: UUID) -> None:
        """The precinct is no more; the branch grown from it closes."""
        link = self._links.pop(precinct, None)
        if link is None:
            return
        self._ended_links.append(link.id)
        branch = self._by_id[link.branch_id]
        if branch.grown and branch.closed_on is None:
            self._closing[branch.id] = branch

    def _root(self) -> Branch:
        root = next((branch for branch in self._by_id.values() if branch.parent_id is None), None)
        if root is not None:
            return root
        pack = self._pack
        return self._open(pack.root_code, LevelOfTree.FEDERAL, None, pack.root_name)

    def _regional(self, region: str) -> Branch:
        known = self._pack.region_written(region)
        names = {"en": region} if known is None else known.name
        return self._named(region, LevelOfTree.REGIONAL, None, names)

    def _local(self, region: str, territory: str) -> Branch:
        code = territory_code(region, territory)
        branch = self._branches.get(code)
        if branch is None or branch.closed_on is not None:
            parent = self._regional(region)
            names = {"en": territory, "ru": territory}
            return self._named(code, LevelOfTree.LOCAL, parent, names)
        return branch

    def _primary(self, region: str, number: int, local: Branch) -> Branch:
        return self._named(
            f"{region}/{number}",
            LevelOfTree.PRIMARY,
            local,
            {"en": f"Primary branch No. {number}", "ru": f"Первичное отделение № {number}"},
        )

    def _named(self, code: str, level: LevelOfTree, parent: Branch | None, names: Texts) -> Branch:
        """The living branch of this code: as it is, opened again, or new."""
        branch = self._branches.get(code)
        if branch is None:
            return self._open(code, level, parent or self._root(), names)
        if branch.level != level:
            raise refuse(
                "{code} is a {found} branch already; the list needs it as a {level} one",
                code=code,
                found=branch.level,
                level=level.value,
            )
        if branch.closed_on is not None and branch.id not in self._reopened:
            branch.closed_on = branch.merged_into_id = None
            self._reopened[branch.id] = branch
        return branch

    def _open(self, code: str, level: LevelOfTree, parent: Branch | None, names: Texts) -> Branch:
        branch = Branch(
            id=new_id(),
            code=code,
            level=level.value,
            parent_id=None if parent is None else parent.id,
            name=names.get("en") or code,
            name_ru=names.get("ru", ""),
            opened_on=None if level is LevelOfTree.FEDERAL else self._since,
            grown=True,
        )
        self._branches[code] = self._by_id[branch.id] = self._fresh[branch.id] = branch
        self._shape.add(branch.id, branch.parent_id)
        return branch

    def write(self, *, by: Actor, at: datetime) -> None:
        """Store the plan: new branches, moves, voters, closings, links; all of it journalled."""
        for id_, parent in self._moves.items():
            if id_ not in self._fresh:
                self._shape.move(id_, parent)
        self._moves = {id_: to for id_, to in self._moves.items() if id_ not in self._fresh}
        self._close_empty_locals()
        intervals = self._shape.settle()
        for id_, interval in intervals.items():
            self._by_id[id_].place, self._by_id[id_].place_end = interval.start, interval.end
        self._copy_branches()
        set_column("branch", "parent_id", "uuid", list(self._moves.items()))
        write_intervals((id_, to) for id_, to in intervals.items() if id_ not in self._fresh)
        set_column(
            "branch",
            "voters",
            "bigint",
            [(id_, voters) for id_, voters in self._voters.items() if id_ not in self._fresh],
        )
        self._write_ends()
        self._write_links()
        self._journal(by, at)

    def _close_empty_locals(self) -> None:
        living: set[UUID] = {
            branch.parent_id
            for branch in self._by_id.values()
            if branch.parent_id and branch.closed_on is None and branch.id not in self._closing
        }
        for branch in self._by_id.values():
            empty = branch.grown and branch.level == LevelOfTree.LOCAL and branch.id not in living
            if empty and branch.closed_on is None:
                self._closing[branch.id] = branch

    def _copy_branches(self) -> None:
        copy_in(
            "branch",
            _COLUMNS,
            (
                tuple(getattr(branch, column) for column in _COLUMNS)
                for branch in self._fresh.values()
            ),
        )

    def _write_ends(self) -> None:
        closing = Branch.objects.filter(id__in=list(self._closing))
        closing.update(closed_on=last_day(self._until, since="opened_on"))
        reopened = Branch.objects.filter(id__in=list(self._reopened))
        reopened.update(closed_on=None, merged_into=None)

    def _write_links(self) -> None:
        ended = PrecinctLink.objects.filter(id__in=self._ended_links)
        ended.update(valid_to=last_day(self._until))
        PrecinctLink.objects.filter(id__in=self._links_again).update(valid_to=None)
        copy_in(
            "precinct_link",
            ("id", "precinct_id", "branch_id", "valid_from"),
            ((new_id(), precinct, branch, self._since) for precinct, branch in self._new_links),
        )

    def _journal(self, by: Actor, at: datetime) -> None:
        acts: tuple[tuple[str, Collection[UUID], list[str]], ...] = (
            ("branch.created", self._fresh, []),
            ("branch.opened_again", self._reopened, ["closed_on", "merged_into"]),
            ("branch.moved", self._moves, ["parent"]),
            ("branch.closed", self._closing, ["closed_on"]),
        )
        journal.append_all(
            journal.entry(
                by=by,
                at=at,
                action=action,
                subject=self._by_id[id_],
                branch=self._by_id[id_],
                fields=fields,
            )
            for action, branches, fields in acts
            for id_ in branches
        )
