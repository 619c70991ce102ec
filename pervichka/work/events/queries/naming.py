"""Who reads the names of those who were invited or came: the branch's own post-holders alone.

Above the branch they are "participant 7"; the local operator, who has no branch, reads them.
"""

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden
from pervichka.work.events.models import Event


def may_read_names(actor: Actor, event: Event) -> bool:
    return actor.may(Permission.SEE_PEOPLE, event.place) and actor.branch_id in {
        None,
        event.branch_id,
    }


def demand_names(actor: Actor, event: Event) -> None:
    """Raise `Forbidden` for whoever may not read them."""
    if not may_read_names(actor, event):
        raise Forbidden(actor, Permission.SEE_PEOPLE)
