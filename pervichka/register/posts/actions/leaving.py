"""Somebody is erased: the posts they hold end first, and then their user goes with all it has."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.accounts.actions import delete_user
from pervichka.register.accounts.models import User
from pervichka.register.posts.actions.holdings import end
from pervichka.register.posts.models import PostHolding


def leave_all(*, person_id: UUID, by: Actor, at: datetime) -> dict[str, int]:
    """End what the person and their user hold, and delete the user; how much there was.

    For an action that has asked for the right to erase, in sight of the whole tree. That a post
    was held stays, and by nobody any more. Helpers whom they appointed leave with them.
    """
    user = User.objects.filter(person_id=person_id).first()
    theirs = Q(person_id=person_id) if user is None else Q(person_id=person_id) | Q(user=user)
    held = PostHolding.objects.filter(theirs, ended_on=None).select_related("branch")
    ended = list(held.select_for_update(of=("self",)))
    for holding in ended:
        end(holding, timezone.localdate(at), by=by, at=at)
    counts = {"posts": len(ended)}
    return counts if user is None else counts | delete_user(user=user, by=by, at=at)
