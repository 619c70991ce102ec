"""What goes on with access in the made-up organisation: grants that wait, a helper, short terms."""

from datetime import datetime, timedelta

from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.queries import user_named
from pervichka.register.branches.queries.units import visible_to
from pervichka.register.people.queries import list_people, person_seen
from pervichka.register.posts.actions import appoint_helper, grant
from pervichka.register.posts.queries import acting_user

# Someone whose term ends while the demo is still being looked at.
_ENDS_SOON = timedelta(days=12)
_HELPS_FOR = timedelta(days=120)
_PROPOSED_BEFORE = timedelta(days=3)


def make_access(*, by: Actor, at: datetime) -> None:
    """By the demo's own users, through the very actions that the pages call."""
    admin, head, secretary = (
        _acting(f"demo-{who}", at) for who in ("admin", "region", "secretary")
    )
    today = timezone.localdate(at)
    then = at - _PROPOSED_BEFORE
    root = visible_to(admin).get(parent=None)
    region = visible_to(head).order_by("place").first()
    assert region is not None  # noqa: S101 - the demo's region stands by now
    # Two that wait for the data protection officer to agree or refuse.
    for branch, role, name in (
        (root, "control_commission", "demo-commission"),
        (region, "clerk", "demo-clerk"),
    ):
        user = create_user(name=name, by=by, at=then)
        made_on = timezone.localdate(then)
        grant(branch=branch, role=role, user=user, starts_on=made_on, by=admin, at=then)
    # One whose term is nearly over, and who has never come in.
    local = visible_to(head).filter(level="local").order_by("place").first()
    assert local is not None  # noqa: S101 - as above
    grant(
        branch=local,
        role="clerk",
        user=create_user(name="demo-new-clerk", by=by, at=then),
        starts_on=today,
        term_ends_on=today + _ENDS_SOON,
        by=head,
        at=at,
    )
    # The one branch of her scope.
    own = visible_to(secretary).get()
    helper = next(
        line
        for line in list_people(own, actor=secretary, most=2).lines
        if line.id != secretary.person_id
    )
    appoint_helper(
        person=person_seen(person_id=helper.id, actor=secretary),
        starts_on=today,
        term_ends_on=today + _HELPS_FOR,
        by=secretary,
        at=at,
    )


def _acting(name: str, at: datetime) -> Actor:
    user = user_named(name)
    assert user is not None  # noqa: S101 - loaded with the posts
    return acting_user(user, at=at)
