"""What is past its time comes to its end: by the worker, in batches, each of them journalled."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.retention.kinds import Kind, kinds
from pervichka.register.retention.rules import Rule, rules

_AT_ONCE = 500


def end_what_is_due(*, by: Actor, at: datetime) -> dict[str, int]:
    """Do what each rule says; how many rows of which kind. Raises `Forbidden`, `Refused`.

    Cut short, the next run goes on: what is done already is no longer due.
    """
    demand(by, Permission.KEEP_DATABASE)
    known = kinds()
    ended: dict[str, int] = {}
    for code, rule in rules().items():
        while rows := _batch(known[code], rule, by, at):
            ended[code] = ended.get(code, 0) + rows
            if rows < _AT_ONCE:
                break
    return ended


@transaction.atomic
def _batch(kind: Kind, rule: Rule, by: Actor, at: datetime) -> int:
    due = kind.starts[rule.start](at - rule.kept)
    keys = list(due.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    if not keys:
        return 0
    if rule.then in kind.ends:
        kind.ends[rule.then](keys, by, at)
    else:
        due.model._default_manager.filter(pk__in=keys).delete()  # noqa: SLF001 - Django's public name for it
    journal.append(by=by, at=at, action=f"retention.{rule.then}", subject=("retention", kind.code))
    return len(keys)
