"""Computing a month and storing its numbers in place of those before."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connection, transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.branches.tree import WHOLE_TREE
from pervichka.standard.engine.result import BranchScore
from pervichka.standard.facts.actions.following import derive_waiting
from pervichka.standard.rulebook.document import Standard
from pervichka.standard.scores.computing import Computed, Engine, compute
from pervichka.standard.scores.models import ClosedPeriod, PublishedStandard, ScoredPeriod
from pervichka.standard.scores.queries.standards import document, standard_in_force

_COLUMNS = (
    "standard_id", "month", "branch_id", "level", "numerators", "denominators", "values",
    "indicator_points", "criterion_points", "points", "grade", "band",
)  # fmt: skip


def score_period(
    *,
    month: Month,
    slug: str | None = None,
    engine: Engine = Engine.DUCKDB,
    by: Actor,
    at: datetime,
) -> int:
    """Recompute a month in full and return how many branches were scored.

    The numbers are computed from what is committed, then replace those before in one transaction.
    A closed month is refused; without the right, `Forbidden`.
    """
    demand(by, Permission.COMPUTE_SCORES, WHOLE_TREE)
    published = standard_in_force(month, slug)
    _demand_open(published, month)
    derive_waiting()
    with connection.cursor() as cursor:
        # Held over computing and storing, so that of two recomputations the later one stays.
        cursor.execute("select pg_advisory_lock(hashtext('scores'))")
    try:
        computed = compute(document(published), month, engine)
        _store(published, month, computed, by=by, at=at)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(hashtext('scores'))")
    return len(computed.scores)


@transaction.atomic
def _store(
    published: PublishedStandard, month: Month, computed: Computed, *, by: Actor, at: datetime
) -> None:
    # Against a closing that began meanwhile.
    PublishedStandard.objects.select_for_update().get(pk=published.pk)
    _demand_open(published, month)
    rows = list(_rows(published, month, computed))
    with connection.cursor() as cursor:
        # Another version was in force when the month was computed before.
        cursor.execute(
            "delete from score using published_standard old where score.standard_id = old.id"
            " and old.slug = %s and score.month = %s",
            [published.slug, month.start],
        )
        names = ", ".join(f'"{name}"' for name in _COLUMNS)
        with cursor.copy(f"copy score ({names}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
    ScoredPeriod.objects.filter(standard__slug=published.slug, month=month.start).delete()
    ScoredPeriod.objects.create(standard=published, month=month.start, computed_at=at)
    journal.append(
        by=by, at=at, action="scores.computed", subject=("period", f"{published.slug} {month}")
    )


def _rows(
    published: PublishedStandard, month: Month, computed: Computed
) -> Iterator[tuple[object, ...]]:
    standard = document(published)
    ids = dict(Branch.objects.values_list("code", "id"))
    for score in computed.scores:
        four = score.indicators
        yield (
            published.pk,
            month.start,
            ids[score.branch],
            score.level,
            _array(one.numerator for one in four),
            _array(one.denominator for one in four),
            _array(one.value for one in four),
            _array(one.points for one in four),
            _array(score.criteria),
            score.points,
            score.grade,
            _band(standard, score, computed),
        )


def _array(numbers: Iterable[float | None]) -> str:
    """A PostgreSQL array; `repr` of a double reads back as the same double."""
    return "{" + ",".join("NULL" if n is None else repr(n) for n in numbers) + "}"


def _band(standard: Standard, score: BranchScore, computed: Computed) -> int | None:
    if standard.peers is None:
        return 0
    return standard.peers.band(computed.sizes[score.branch])


def _demand_open(published: PublishedStandard, month: Month) -> None:
    closed = ClosedPeriod.objects.filter(standard__slug=published.slug, month=month.start)
    if closed.exists():
        raise refuse("{month} is closed; its numbers stay as they are", month=month)
