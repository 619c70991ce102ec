"""Somebody who asked not to be held joins again: by themself, and by nobody in their stead."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden
from pervichka.register.people.actions.rights import SOMEBODY
from pervichka.register.people.suppression import Described, lift


@transaction.atomic
def wish_to_be_held(*, described: Described, by: Actor, at: datetime) -> int:
    """Forget that someone so described asked not to be held; how many hashes went.

    For whatever lets people join by themselves, which acts as `SOMEBODY` once it has seen that the
    number or address is theirs. Raises `Forbidden` for anybody else, the local operator included.
    """
    if by != SOMEBODY:
        raise Forbidden(by, Permission.CHANGE_PEOPLE)
    lifted = lift(described)
    if lifted:
        journal.append(by=by, at=at, action="suppression.lifted", subject=("suppression", "one"))
    return lifted
