"""Posts open and close."""

from datetime import date, datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import ROLES, Nobody
from pervichka.register.branches.models import Branch
from pervichka.register.posts.kinds import POST_KINDS
from pervichka.register.posts.models import Post
from pervichka.register.posts.rights import demand_fits, demand_may_grant, role_coded


@transaction.atomic
def open_post(
    *,
    branch: Branch,
    kind: str,
    role: str | None = None,
    opened_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    """Open a post of a branch; the kinds that ship bring their role. Raises `Refused`.

    Nobody opens a post of a role that their own doesn't grant.
    """
    known = POST_KINDS.get(kind)
    code = role or (known.role.code if known else None)
    if code is None:
        raise refuse(
            "there is no kind of post {kind}; write one of {allowed}",
            kind=repr(kind),
            allowed=", ".join(POST_KINDS),
        )
    wanted = role_coded(code)
    demand_may_grant(by, wanted, branch)
    demand_fits(wanted, branch)
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)
    post = Post.objects.create(branch=branch, kind=kind, role=wanted.code, opened_on=opened_on)
    journal.append(by=by, at=at, action="post.opened", subject=post, branch=branch)
    return post


@transaction.atomic
def close_post(*, post: Post, on: date, by: Actor, at: datetime) -> Post:
    """Close a post that nobody holds any more. Raises `Refused`."""
    post = Post.objects.select_for_update(of=("self",)).select_related("branch").get(pk=post.pk)
    demand_may_grant(by, ROLES.get(post.role, Nobody), post)
    if post.closed_on is not None:
        raise refuse("this post is closed already")
    if post.opened_on is not None and on < post.opened_on:
        raise refuse("a post can't close before it opened")
    if post.holdings.filter(ended_on=None).exists():
        raise refuse("somebody holds this post; end their term first")
    post.closed_on = on
    post.save(update_fields=["closed_on"])
    journal.append(
        by=by, at=at, action="post.closed", subject=post, branch=post.branch, fields=["closed_on"]
    )
    return post
