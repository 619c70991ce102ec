"""A made-up organisation is marked as one before the first of its people is written."""

from datetime import date, datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.models import MadeUpOrganisation
from pervichka.register.branches.models import Branch


@transaction.atomic
def begin_made_up(*, size: str, seed: int, on: date, by: Actor, at: datetime) -> None:
    """Mark an empty database; one that has branches of its own is refused."""
    demand(by, Permission.MANAGE_USERS)
    if MadeUpOrganisation.objects.exists():
        raise refuse("this organisation is made up already")
    if Branch.objects.exists():
        raise refuse(
            "there is an organisation here already; a made-up one needs a folder of its own:"
            " set PERVICHKA_HOME to an empty one"
        )
    mark = MadeUpOrganisation.objects.create(size=size, seed=seed, made_on=on)
    journal.append(by=by, at=at, action="organisation.made_up", subject=mark)


def finish_stage(*, stage: str, by: Actor) -> None:
    """Note, in the transaction of the stage itself, that it stands."""
    demand(by, Permission.MANAGE_USERS)
    mark = MadeUpOrganisation.objects.select_for_update().get()
    mark.stages = [*mark.stages, stage]
    mark.save(update_fields=["stages"])
