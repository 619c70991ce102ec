"""The ledger in numbers: on what grounds how many people are held, and whether it is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.ledger import LEDGER
from pervichka.register.people.models import LedgerBlock, LedgerEntry


@dataclass(frozen=True, kw_only=True)
class Total:
    """So many consents to a text: confirmed by the person, asserted by others, withdrawn."""

    basis: str
    purpose: str
    code: str
    confirmed: int
    asserted: int
    withdrawn: int


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last block of the chain; rows behind it are not sealed yet."""

    hash: str
    blocks: int
    sealed_at: datetime | None
    unsealed: int


_TOTALS = """
select said.basis, said.purpose, said.code,
  count(*) filter (where withdrawn_on is null and not asserted),
  count(*) filter (where withdrawn_on is null and asserted),
  count(*) filter (where withdrawn_on is not null)
from consent
join published_text said on (said.code, said.version) = (text_code, text_version)
where consent.place between %s and %s
group by said.basis, said.purpose, said.code order by said.basis, said.purpose, said.code
"""


def ledger_totals(interval: Interval, *, actor: Actor) -> Sequence[Total]:
    """Over a subtree, by basis, purpose and text. Raises `Forbidden`."""
    demand(actor, Permission.READ_LEDGER)
    if actor.scope is None or not actor.scope.contains(interval):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [interval.start, interval.end])
        return [
            Total(
                basis=basis,
                purpose=purpose,
                code=code,
                confirmed=confirmed,
                asserted=asserted,
                withdrawn=withdrawn,
            )
            for basis, purpose, code, confirmed, asserted, withdrawn in cursor.fetchall()
        ]


def ledger_head(*, actor: Actor) -> Head:
    """To be kept or published elsewhere. Raises `Forbidden`."""
    demand(actor, Permission.READ_LEDGER)
    last = LedgerBlock.objects.defer("seals").order_by("-number").first()
    after = last.up_to_tick if last else 0
    return Head(
        hash=LEDGER.head,
        blocks=last.number if last else 0,
        sealed_at=last.sealed_at if last else None,
        unsealed=LedgerEntry.objects.filter(tick__gt=after).count(),
    )
