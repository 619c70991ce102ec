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
from pervichka.standard.scores.chain import GENESIS, chain_hash, numbers_hash
from pervichka.standard.scores.models import ClosedPeriod, PublishedStandard
from pervichka.standard.scores.queries.export import export_rows, scored_standard


@transaction.atomic
def close_period(*, month: Month, slug: str | None = None, by: Actor, at: datetime) -> ClosedPeriod:
    """Freeze a scored month that is over. Raises `Refused`."""
    demand(by, Permission.CLOSE_PERIOD, WHOLE_TREE)
    published = scored_standard(month, slug)
    # One closing at a time, and none while the month is being stored.
    PublishedStandard.objects.select_for_update().get(pk=published.pk)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('closed periods'))")
    if month.end >= timezone.localdate(at):
        raise refuse("{month} is not over yet", month=month)
    if ClosedPeriod.objects.filter(standard__slug=published.slug, month=month.start).exists():
        raise refuse("{month} is closed already", month=month)
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
