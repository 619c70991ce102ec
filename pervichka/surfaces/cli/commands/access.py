"""`pervichka access`: who holds what, granting, the second person, ending a term, helpers."""

import secrets
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from pervichka.foundation.refusal import refuse
from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

_COLUMNS = ("id", "post", "role", "branch", "user", "holder", "from", "until", "last_at_work")
_WAITING = ("id", "role", "branch", "user", "proposed_by", "decided_until")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(tr("write a day like 2026-10-31")) from None


Branch = Annotated[str, typer.Argument(metavar="BRANCH", help=tr("The branch's code."))]
Id = Annotated[UUID, typer.Argument(metavar="ID", help=tr("As the list shows it."))]
Until = Annotated[
    date | None,
    typer.Option("--until", parser=_day, metavar="DAY", help=tr("The last day of the term.")),
]
Person = Annotated[
    str | None, typer.Option("--person", metavar="CODE", help=tr("A person, by their code."))
]


def register(app: typer.Typer) -> None:
    access = group("access", "Access: who holds which post, over what, until when.", into=app)
    command(access, "list")(list_holdings)
    command(access, "grant")(grant)
    command(access, "waiting")(waiting)
    command(access, "approve")(approve)
    command(access, "refuse")(refuse_proposal)
    command(access, "end")(end)
    command(access, "helper")(helper)


def list_holdings(
    run: Run,
    branch: Annotated[
        str | None, typer.Option("--branch", metavar="CODE", help=tr("This branch and below."))
    ] = None,
    role: Annotated[
        list[str] | None, typer.Option("--role", metavar="ROLE", help=tr("This role alone."))
    ] = None,
    never: Annotated[
        bool, typer.Option("--never", help=tr("Only who has not signed in yet."))
    ] = False,
    offset: Annotated[int, typer.Option(min=0, help=tr("Skip so many."))] = 0,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=tr("Show at most so many."))] = 200,
) -> None:
    """Who holds what, in the tree's order; names only for whoever sees people there."""
    from pervichka.register.access.actor import Interval
    from pervichka.register.disclosure.actions import show_holders
    from pervichka.register.posts.queries import HoldingFilter, holdings_of

    top = _branch(run, branch) if branch else None
    within = None if top is None else Interval(top.place, top.place_end)
    narrowed = HoldingFilter(within=within, roles=role or [], never=never)
    found, total = holdings_of(run.actor, narrowed, on=run.today, offset=offset, limit=limit)
    show_holders(rows=found, branch=top, by=run.actor, at=run.at)
    if run.json:
        run.document({"total": total, "rows": found})
        return
    rows = [
        (
            one.id,
            one.title,
            one.role,
            one.branch_code,
            one.user_name or "",
            one.holder or "",
            one.starts_on,
            one.term_ends_on or "",
            one.signed_in_on or "",
        )
        for one in found
    ]
    run.rows("Who holds what", _COLUMNS, rows)
    if offset + len(found) < total:
        run.say("{shown} of {total} are shown; see --offset.", shown=len(found), total=total)


def grant(
    run: Run,
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help=tr("Such as branch_secretary or local_head."))
    ],
    branch: Branch,
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", help=tr("A user, by name."))
    ] = None,
    person: Person = None,
    until: Until = None,
) -> None:
    """Give a role over a branch and all below it to a user or a person, from today.

    A powerful one only waits then: another person agrees or refuses within 14 days. The local
    operator grants alone, else nobody could be the first.
    """
    from pervichka.register.accounts.queries import user_named
    from pervichka.register.posts.actions import grant as act
    from pervichka.register.posts.queries import is_proposal

    if (user is None) == (person is None):
        raise typer.BadParameter(tr("name a user or a person, one of them"))
    named = user_named(user) if user is not None else None
    if user is not None and named is None:
        raise refuse("there is no user {name}", name=user)
    made = act(
        branch=_branch(run, branch),
        role=role,
        user=named,
        person=None if person is None else _person(run, person),
        starts_on=run.today,
        term_ends_on=until,
        by=run.actor,
        at=run.at,
    )
    waits = is_proposal(made)
    told = {"id": made.id, "waits": waits, "role": role, "branch": branch, "user": _name(made)}
    run.tell("It waits for a second person" if waits else "Granted", told)


def waiting(run: Run) -> None:
    """Grants that wait for a second person, and until when."""
    from pervichka.register.posts.queries import proposals_waiting

    found = proposals_waiting(run.actor, at=run.at)
    if run.json:
        run.document(found)
        return
    rows = [
        (one.id, one.role, one.branch_code, one.user_name, one.proposed_by, _moment(one.expires_at))
        for one in found
    ]
    run.rows("Grants that wait for a second person", _WAITING, rows)


def approve(run: Run, proposal: Id) -> None:
    """Agree, as the second person, to a grant that waits."""
    from pervichka.register.posts.actions import approve_grant

    _demand_waiting(run, proposal)
    holding = approve_grant(proposal_id=proposal, by=run.actor, at=run.at)
    run.tell("Granted", {"id": holding.id, "user": _name(holding)})


def refuse_proposal(
    run: Run,
    proposal: Id,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=tr("Why not."))],
) -> None:
    """Refuse, as the second person, a grant that waits; whoever proposed it reads why."""
    from pervichka.register.posts.actions import refuse_grant

    _demand_waiting(run, proposal)
    refuse_grant(proposal_id=proposal, reason=reason, by=run.actor, at=run.at)
    run.tell("Refused; nothing was granted", {"id": proposal})


def end(run: Run, holding: Id) -> None:
    """End a term today: the rights are gone at the next request, and helpers leave too."""
    from pervichka.register.posts.actions import end_term
    from pervichka.register.posts.queries import holding_to_end

    found = holding_to_end(run.actor, holding, on=run.today)
    if found is None:
        raise refuse("nobody holds a post under {id} today", id=holding)
    ended = end_term(holding=found, on=run.today, by=run.actor, at=run.at)
    run.tell("The term has ended", {"id": ended.id, "user": _name(ended)})


def helper(
    run: Run,
    until: Annotated[
        date,
        typer.Option(
            "--until", parser=_day, metavar="DAY", help=tr("The last day of help, within a year.")
        ),
    ],
    person: Person = None,
    language: Annotated[str, typer.Option(help=tr("ru or en."))] = "ru",
) -> None:
    """Appoint a helper of one's own branch; for its secretary, named by --as.

    The helper signs in under a name of their own, with a password that is shown this once.
    """
    from pervichka.register.posts.actions import appoint_helper

    drawn = secrets.token_urlsafe(12)
    someone = None if person is None else _person(run, person)
    holding = appoint_helper(
        person=someone,
        language=language,
        password=drawn,
        starts_on=run.today,
        term_ends_on=until,
        by=run.actor,
        at=run.at,
    )
    told = {"id": holding.id, "user": _name(holding), "until": until}
    # Whoever had a user before keeps the password they have.
    if holding.user is not None and holding.user.check_password(drawn):
        told["password"] = drawn
    run.tell("A helper can sign in now", told)


def _branch(run: Run, code: str) -> Any:
    from pervichka.register.branches.queries.units import visible_to

    found = visible_to(run.actor).filter(code=code).first()
    if found is None:
        raise refuse("there is no branch {code}", code=code)
    return found


def _person(run: Run, code: str) -> Any:
    from pervichka.register.people.queries import person_by_code

    found = person_by_code(code=code, actor=run.actor)
    if found is None:
        raise refuse("there is no person {code}", code=code)
    return found


def _demand_waiting(run: Run, proposal: UUID) -> None:
    from pervichka.register.posts.queries import proposals_waiting

    if proposal not in {one.id for one in proposals_waiting(run.actor, at=run.at)}:
        raise refuse("no grant waits under {id}", id=proposal)


def _name(made: Any) -> str:
    return "" if made.user is None else str(made.user.name)


def _moment(at: datetime) -> str:
    from django.utils import timezone

    return timezone.localtime(at).isoformat(timespec="minutes")
