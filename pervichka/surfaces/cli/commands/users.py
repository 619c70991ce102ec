"""`pervichka user`: whoever signs in."""

import secrets
from typing import Annotated, Any

import typer

from pervichka.foundation.refusal import refuse
from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run


def register(app: typer.Typer) -> None:
    user = group("user", "Users: whoever signs in.", into=app)
    command(user, "create")(create)
    command(user, "reset-factor")(reset_factor)


def create(
    run: Run,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help=tr("A name that says nothing of its holder.")),
    ] = None,
    password: Annotated[
        str | None,
        typer.Option(
            envvar="PERVICHKA_NEW_PASSWORD",
            help=tr("Their password; without it one is drawn and shown once."),
        ),
    ] = None,
    language: Annotated[str, typer.Option(help=tr("ru or en."))] = "ru",
    branch: Annotated[
        str | None, typer.Option(metavar="CODE", help=tr("The branch in which they get a post."))
    ] = None,
    post: Annotated[
        str | None,
        typer.Option(metavar="KIND", help=tr("The post, such as secretary or regional_head.")),
    ] = None,
) -> None:
    """Make a user and, where a branch and a post are named, appoint them to it from today.

    What they may do, and where, follows from the post.
    """
    from django.db import transaction

    from pervichka.register.accounts.actions import create_user

    if (branch is None) != (post is None):
        raise typer.BadParameter(tr("--branch and --post go together"))
    drawn = secrets.token_urlsafe(12) if password is None else None
    with transaction.atomic():
        made = create_user(
            name=name, password=password or drawn, language=language, by=run.actor, at=run.at
        )
        if branch is not None and post is not None:
            _appoint(run, made, branch, post)
    told = {"name": made.name, "password": drawn, "branch": branch, "post": post}
    run.tell("Made a user", {part: value for part, value in told.items() if value is not None})


def reset_factor(
    run: Run, name: Annotated[str, typer.Argument(metavar="NAME", help=tr("A user, by name."))]
) -> None:
    """Take away the second factors of a user who lost them, and end their sessions.

    First make sure that it is really them. They sign in with their password and set up new ones.
    """
    from pervichka.register.posts.actions import reset_second_factor
    from pervichka.register.posts.queries import user_managed

    found = user_managed(run.actor, name, at=run.at)
    if found is None:
        raise refuse("there is no user {name}", name=name)
    reset_second_factor(user=found, by=run.actor, at=run.at)
    run.tell("The second factor is taken away", {"name": name})


def _appoint(run: Run, user: Any, branch: str, post: str) -> None:
    from pervichka.register.branches.queries.units import visible_to
    from pervichka.register.posts.actions import appoint, open_post

    unit = visible_to(run.actor).filter(code=branch).first()
    if unit is None:
        raise refuse("there is no branch {code}", code=branch)
    opened = open_post(branch=unit, kind=post, opened_on=run.today, by=run.actor, at=run.at)
    appoint(post=opened, user=user, starts_on=run.today, by=run.actor, at=run.at)
