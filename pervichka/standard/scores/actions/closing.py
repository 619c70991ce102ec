"""Closing a period: its numbers stay as they are, chained by hash to the closing before."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.tree import WHOLE_TREE
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.standard.scores.chain import GENESIS, chain_hash, numbers_hash
from pervichka.standard.scores.models import ClosedPeriod, PublishedStandard
from pervichka.standard.scores.queries.export import export_rows, scored_standard
from pervichka.standard.scores.queries.standards import standard_in_force


def close_period(*, month: Month, slug: str | None = None, by: Actor, at: datetime) -> ClosedPeriod:
    """Compute a month that is over, with all that came before this moment, and freeze it.

    What comes later is late: it is listed by `late_differences` and added nowhere. Runs in
    transactions of its own. Raises `Refused`.
    """
    demand(by, Permission.CLOSE_PERIOD, WHOLE_TREE)
    if month.end >= timezone.localdate(at):
        raise refuse("{month} is not over yet", month=month)
    slug = standard_in_force(month, slug).slug
    _demand_open(month, slug)
    score_period(month=month, slug=slug, by=by, at=at)
    return _freeze(month, slug, by=by, at=at)


@transaction.atomic
def _freeze(month: Month, slug: str, *, by: Actor, at: datetime) -> ClosedPeriod:
    published = scored_standard(month, slug)
    # One closing at a time, and none while the month is being stored.
    PublishedStandard.objects.select_for_update().get(pk=published.pk)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('closed periods'))")
    _demand_open(month, slug)
    rows, numbers = numbers_hash(export_rows(month, published.slug))
    last = ClosedPeriod.objects.order_by("-number").first()
    previous = GENESIS if last is None else last.hash
    closed = ClosedPeriod.objects.create(
        standard=published,
        month=month.start,
        closed_at=at,
        closed_by=by.code,
        rows=rows,
        numbers_hash=numbers,
        previous_hash=previous,
        hash=chain_hash(previous, published.fingerprint, month, numbers),
    )
    journal.append(by=by, at=at, action="period.closed", subject=closed)
    return closed


def _demand_open(month: Month, slug: str) -> None:
    if ClosedPeriod.objects.filter(standard__slug=slug, month=month.start).exists():
        raise refuse("{month} is closed already", month=month)
