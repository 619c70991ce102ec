"""Loading the organisation, stage by stage; what stands already is not loaded again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from pervichka.foundation.periods import Month
from pervichka.foundation.postgres.statistics import refresh_statistics
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.accounts.actions import begin_made_up, finish_stage
from pervichka.register.accounts.queries import MadeUp, made_up
from pervichka.register.branches.actions.loading import load_tree
from pervichka.register.branches.packs import load_pack
from pervichka.register.people.actions.loading import load_people
from pervichka.register.posts.actions.loading import load_posts
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.rulebook.shipped import BRANCH_WORK
from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.surfaces.demo.access import make_access
from pervichka.surfaces.demo.events import MONTHS
from pervichka.surfaces.demo.messages import load_messages
from pervichka.surfaces.demo.organisation import SEED, Organisation, make_organisation
from pervichka.surfaces.demo.sizes import Size
from pervichka.surfaces.demo.texts import load_texts
from pervichka.work.events.actions.loading import load_events

# Told before each stage: its name, how many stages stand, how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What stands now; `stages` are those that this run had to load."""

    size: str
    seed: int
    stages: Sequence[str]


def load_demo(
    *,
    size: Size | None,
    by: Actor,
    at: datetime,
    seed: int = SEED,
    progress: Progress = lambda _stage, _done, _all: None,
) -> Loaded:
    """See that a made-up organisation stands: of the size asked for, or, where one is begun, that.

    Each stage is one transaction with its mark, so a run cut short goes on where it was. Raises
    `Refused` in a database that holds a real organisation, or a made-up one of another size.
    """
    mark = _begun(size, seed, by, at)
    loading = _Loading(mark, by, at)
    missing = [name for name in loading.stages if name not in mark.stages]
    standing = len(loading.stages) - len(missing)
    for number, name in enumerate(missing):
        progress(name, standing + number, len(loading.stages))
        loading.stages[name]()
    if missing:
        refresh_statistics(str(connection.settings_dict["NAME"]))
    progress("", len(loading.stages), len(loading.stages))
    return Loaded(size=mark.size, seed=mark.seed, stages=missing)


def _begun(size: Size | None, seed: int, by: Actor, at: datetime) -> MadeUp:
    mark = made_up()
    if mark is None:
        today = timezone.localdate(at)
        begin_made_up(size=size or Size.SMALL, seed=seed, on=today, by=by, at=at)
        mark = made_up()
    if mark is None or (size is not None and mark.size != size):
        raise refuse(
            "the made-up organisation here is {there}, not {asked}; set PERVICHKA_HOME to an empty"
            " folder for another",
            there=mark.size if mark else None,
            asked=size,
        )
    return mark


class _Loading:
    def __init__(self, mark: MadeUp, by: Actor, at: datetime) -> None:
        self._mark, self._by, self._at = mark, by, at
        self._made: Organisation | None = None
        last = Month.of(mark.made_on)
        self.stages: dict[str, Callable[[], None]] = {
            "tree": self._tree,
            "people": self._people,
            "posts": self._posts,
            "texts": self._texts,
            "messages": self._messages,
            "events": self._events,
            "standard": self._standard,
            "access": self._access,
        }
        for month in last.plus(-MONTHS).until(last):
            self.stages[f"scores of {month}"] = self._scores(month)

    @property
    def organisation(self) -> Organisation:
        """Made up at its first use: a run that finds all standing need not."""
        if self._made is None:
            self._made = make_organisation(
                pack=load_pack(settings.PACK),
                size=Size(self._mark.size),
                today=self._mark.made_on,
                zone=ZoneInfo(settings.TIME_ZONE),
                seed=self._mark.seed,
            )
        return self._made

    def _tree(self) -> None:
        tree = self.organisation.tree
        with transaction.atomic():
            load_tree(
                branches=(unit.row for unit in tree.units()),
                precincts=tree.precincts,
                links=tree.links,
                by=self._by,
                at=self._at,
            )
            finish_stage(stage="tree", by=self._by)

    def _people(self) -> None:
        with transaction.atomic():
            load_people(**vars(self.organisation.people), by=self._by, at=self._at)
            finish_stage(stage="people", by=self._by)

    def _posts(self) -> None:
        with transaction.atomic():
            load_posts(**vars(self.organisation.posts), by=self._by, at=self._at)
            finish_stage(stage="posts", by=self._by)

    def _texts(self) -> None:
        with transaction.atomic():
            load_texts(root=load_pack(settings.PACK).root_code, by=self._by, at=self._at)
            finish_stage(stage="texts", by=self._by)

    def _messages(self) -> None:
        with transaction.atomic():
            load_messages(
                root=load_pack(settings.PACK).root_code,
                today=self._mark.made_on,
                by=self._by,
                at=self._at,
            )
            finish_stage(stage="messages", by=self._by)

    def _events(self) -> None:
        """With the facts that follow from them: neither stands without the other."""
        with transaction.atomic():
            load_events(**vars(self.organisation.events), by=self._by, at=self._at)
            rebuild_facts()
            finish_stage(stage="events", by=self._by)
        # Nothing more is made from it.
        self._made = None

    def _standard(self) -> None:
        with transaction.atomic():
            publish_standard(file=BRANCH_WORK, by=self._by, at=self._at)
            finish_stage(stage="standard", by=self._by)

    def _access(self) -> None:
        with transaction.atomic():
            make_access(by=self._by, at=self._at)
            finish_stage(stage="access", by=self._by)

    def _scores(self, month: Month) -> Callable[[], None]:
        def compute() -> None:
            # Its own transaction, and the same again does no harm.
            score_period(month=month, by=self._by, at=self._at)
            finish = transaction.atomic()
            with finish:
                finish_stage(stage=f"scores of {month}", by=self._by)

        return compute
