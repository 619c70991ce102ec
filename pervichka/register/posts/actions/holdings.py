"""People take posts for a term, and leave them."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import ROLES, Nobody
from pervichka.register.accounts.models import User
from pervichka.register.people.models import Person
from pervichka.register.posts.models import Post, PostHolding
from pervichka.register.posts.rights import (
    demand_another,
    demand_fits,
    demand_may_grant,
    needs_second_person,
    role_coded,
)


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
    A grant that needs a second person is refused here: it is proposed. Raises `Refused`.
    """
    post = locked(post)
    role = role_coded(post.role)
    demand_may_grant(by, role, post)
    demand_fits(role, post.branch)
    if role.delegated:
        raise refuse("a helper is appointed by the secretary of the branch")
    if needs_second_person(role, post.branch.level, by):
        raise refuse("this post is granted by two people: propose it, and another one agrees")
    person_id, user = _both(person, user)
    demand_another(by, user)
    return fill(
        post=post,
        person_id=person_id,
        user=user,
        starts_on=starts_on,
        term_ends_on=term_ends_on,
        acting=acting,
        by=by,
        at=at,
    )


@transaction.atomic
def end_term(*, holding: PostHolding, on: date, by: Actor, at: datetime) -> PostHolding:
    """The holder leaves; `on` is the first day without them. Their helpers leave with them.

    Whoever may grant the role may end it; so may the secretary from whom a helper has it.
    Raises `Refused`.
    """
    holding = (
        PostHolding.objects.select_for_update(of=("self",))
        .select_related("post", "branch")
        .get(pk=holding.pk)
    )
    demand_may_grant(by, ROLES.get(holding.post.role, Nobody), holding)
    if holding.ended_on is not None:
        raise refuse("this holding has ended already")
    if on < holding.starts_on:
        raise refuse("a holding can't end before it began")
    end(holding, on, by=by, at=at)
    return holding


def locked(post: Post) -> Post:
    """The post as it stands, held against other writers, with its branch."""
    return Post.objects.select_for_update(of=("self",)).select_related("branch").get(pk=post.pk)


def fill(
    *,
    post: Post,
    person_id: UUID | None,
    user: User | None,
    starts_on: date,
    term_ends_on: date | None,
    acting: bool = False,
    delegated_from: PostHolding | None = None,
    by: Actor,
    at: datetime,
) -> PostHolding:
    """Write the holding of a locked post, for an action that has asked for the right.

    The person by id: whoever grants need not see them.
    """
    if post.closed_on is not None and post.closed_on <= starts_on:
        raise refuse("this post is closed")
    if term_ends_on is not None and term_ends_on < starts_on:
        raise refuse("the term ends before it begins")
    _make_way(post, starts_on, by=by, at=at)
    holding = PostHolding.objects.create(
        branch=post.branch,
        post=post,
        person_id=person_id,
        user=user,
        acting=acting,
        starts_on=starts_on,
        term_ends_on=term_ends_on,
        delegated_from=delegated_from,
    )
    journal.append(by=by, at=at, action="post.filled", subject=post, branch=post.branch)
    return holding


def _both(person: Person | None, user: User | None) -> tuple[UUID | None, User | None]:
    """The person and the user of a holding, each found through the other where one is given."""
    if person is None and user is None:
        raise refuse("name the person or the user who takes the post")
    if user is None:
        return None if person is None else person.id, User.objects.filter(person=person).first()
    if person is not None and user.person_id != person.id:
        raise refuse("this user is another person's")
    return user.person_id, user


def _make_way(post: Post, starts_on: date, *, by: Actor, at: datetime) -> None:
    before = post.holdings.filter(ended_on=None).select_related("branch").first()
    if before is None:
        return
    if before.term_ends_on is None or before.term_ends_on >= starts_on:
        raise refuse("somebody holds this post; end their term first")
    end(before, starts_on, by=by, at=at)


def end(holding: PostHolding, on: date, *, by: Actor, at: datetime) -> None:
    """Write the end of a holding, and of those delegated from it, for an action with the right."""
    ending = [holding, *holding.delegated.filter(ended_on=None).select_related("branch")]
    for one in ending:
        one.ended_on = max(on, one.starts_on)
        one.save(update_fields=["ended_on"])
        journal.append(
            by=by,
            at=at,
            action="post.vacated",
            subject=("posts.post", one.post_id),
            branch=one.branch,
            fields=["ended_on"],
        )
