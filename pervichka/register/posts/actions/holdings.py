"""People take posts for a term, and leave them."""

from datetime import date, datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.models import User
from pervichka.register.people.models import Person
from pervichka.register.posts.actions.posts import demand_no_more_than_own
from pervichka.register.posts.models import Post, PostHolding


@transaction.atomic
def appoint(
    *,
    post: Post,
    person: Person | None = None,
    user: User | None = None,
    starts_on: date,
    term_ends_on: date | None = None,
    acting: bool = False,
    by: Actor,
    at: datetime,
) -> PostHolding:
    """Give a post to a person, to a user, or to both at once (then the user must be theirs).

    A holder whose term is over by `starts_on` makes way; one still in term must leave first.
    Nobody appoints to rights beyond their own. Raises `Refused`.
    """
    demand(by, Permission.CHANGE_POSTS, post)
    post = Post.objects.select_for_update(of=("self",)).select_related("branch").get(pk=post.pk)
    demand_no_more_than_own(by, post.role)
    person, user = _both(person, user)
    if post.closed_on is not None and post.closed_on <= starts_on:
        raise refuse("this post is closed")
    if term_ends_on is not None and term_ends_on < starts_on:
        raise refuse("the term ends before it begins")
    _make_way(post, starts_on)
    holding = PostHolding.objects.create(
        branch=post.branch,
        post=post,
        person=person,
        user=user,
        acting=acting,
        starts_on=starts_on,
        term_ends_on=term_ends_on,
    )
    journal.append(by=by, at=at, action="post.filled", subject=post, branch=post.branch)
    return holding


@transaction.atomic
def end_term(*, holding: PostHolding, on: date, by: Actor, at: datetime) -> PostHolding:
    """The holder leaves; `on` is the first day without them. Raises `Refused`."""
    demand(by, Permission.CHANGE_POSTS, holding)
    holding = PostHolding.objects.select_for_update().get(pk=holding.pk)
    if holding.ended_on is not None:
        raise refuse("this holding has ended already")
    if on < holding.starts_on:
        raise refuse("a holding can't end before it began")
    holding.ended_on = on
    holding.save(update_fields=["ended_on"])
    journal.append(
        by=by,
        at=at,
        action="post.vacated",
        subject=("posts.post", holding.post_id),
        branch=holding.branch,
        fields=["ended_on"],
    )
    return holding


def _both(person: Person | None, user: User | None) -> tuple[Person | None, User | None]:
    """The person and the user of a holding, each found through the other where one is given."""
    if person is None and user is None:
        raise refuse("name the person or the user who takes the post")
    if user is None:
        return person, User.objects.filter(person=person).first()
    if person is None:
        return user.person, user
    if user.person_id != person.id:
        raise refuse("this user is another person's")
    return person, user


def _make_way(post: Post, starts_on: date) -> None:
    before = post.holdings.filter(ended_on=None).first()
    if before is None:
        return
    if before.term_ends_on is None or before.term_ends_on >= starts_on:
        raise refuse("somebody holds this post; end their term first")
    before.ended_on = starts_on
    before.save(update_fields=["ended_on"])
