"""A branch's controller is named, or ends, from a day on."""

from datetime import date, datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.texts.models import Controller

_MOST = {"name": 300, "number": 60, "address": 300}
_MISSING = (
    Reason(message="write the controller's full name", column="name"),
    Reason(message="write the controller's registration number", column="number"),
    Reason(message="write the controller's address", column="address"),
)


@transaction.atomic
def name_controller(
    *,
    branch: Branch,
    name: str,
    number: str,
    address: str,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> Controller:
    """Who answers for personal data there from that day on. Raises `Forbidden`, `Refused`."""
    demand(by, Permission.NAME_CONTROLLERS, branch)
    given = {"name": name, "number": number, "address": address}
    said = {field: " ".join(value.split()) for field, value in given.items()}
    reasons = [one for one in _MISSING if not said[one.column or ""]]
    reasons += [
        Reason(
            message="{limit} characters are the most", params={"limit": _MOST[field]}, column=field
        )
        for field, value in said.items()
        if len(value) > _MOST[field]
    ]
    if reasons:
        raise Refused(*reasons)
    return _write(branch, said, valid_from, by, at, action="controller.named")


@transaction.atomic
def end_controller(*, branch: Branch, valid_from: date, by: Actor, at: datetime) -> Controller:
    """From that day the branch has none of its own. Raises `Forbidden`, `Refused`."""
    demand(by, Permission.NAME_CONTROLLERS, branch)
    last = (
        Controller.objects.filter(branch=branch, valid_from__lte=valid_from)
        .order_by("-valid_from", "-named_at", "-id")
        .first()
    )
    if last is None or not last.name:
        raise refuse("{code} has no controller of its own then", code=branch.code)
    nobody = dict.fromkeys(_MOST, "")
    return _write(branch, nobody, valid_from, by, at, action="controller.ended")


def _write(
    branch: Branch, said: dict[str, str], valid_from: date, by: Actor, at: datetime, *, action: str
) -> Controller:
    named = Controller.objects.create(
        branch=branch, **said, valid_from=valid_from, named_by=by.code, named_at=at
    )
    journal.append(by=by, at=at, action=action, subject=named, branch=branch, fields=list(said))
    return named
