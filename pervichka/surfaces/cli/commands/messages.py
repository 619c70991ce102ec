"""`pervichka messages`: campaigns, and what the law asks of them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

if TYPE_CHECKING:
    from pervichka.register.branches.models import Branch
    from pervichka.work.messaging.models import Campaign

_BRANCH = Annotated[str, typer.Argument(metavar="BRANCH", help=tr("The branch's code."))]
_CAMPAIGN = Annotated[str, typer.Argument(metavar="ID", help=tr("The campaign's id."))]


def register(app: typer.Typer) -> None:
    messages = group("messages", "Campaigns by e-mail, imprints and days of silence.", into=app)
    command(messages, "list")(list_)
    command(messages, "show")(show)
    command(messages, "stop")(stop)
    command(messages, "receive")(receive)
    command(messages, "imprint")(imprint)
    command(messages, "calendar")(calendar)


def list_(
    run: Run, branch: Annotated[str, typer.Option("--branch", help=tr("The branch's code."))] = ""
) -> None:
    """List campaigns, the latest first."""
    from pervichka.register.access.actor import Interval
    from pervichka.work.messaging.queries import campaigns_of

    within = None
    if branch:
        found = _branch(run, branch)
        within = Interval(found.place, found.place_end)
    rows, _total = campaigns_of(run.actor, within=within, limit=500)
    run.rows(
        "Campaigns",
        ("id", "branch", "title", "status", "starts_at", "recipients", "sent"),
        (
            (
                str(row.id),
                row.branch_code,
                row.title,
                row.status,
                row.starts_at,
                row.recipients,
                row.sent,
            )
            for row in rows
        ),
    )


def show(run: Run, campaign: _CAMPAIGN) -> None:
    """Show how far a campaign has come, in numbers."""
    from pervichka.work.messaging.queries import progress_of

    run.tell("Campaign", progress_of(run.actor, _campaign(run, campaign)))


def stop(run: Run, campaign: _CAMPAIGN) -> None:
    """Stop a campaign for good: not one letter more goes out."""
    from pervichka.work.messaging.actions import stop_campaign

    stop_campaign(campaign=_campaign(run, campaign), by=run.actor, at=run.at)
    run.say("Stopped.")


def receive(
    run: Run,
    mailbox: Annotated[
        Path | None,
        typer.Argument(metavar="MAILBOX", help=tr("A Maildir or an mbox; else standard input.")),
    ] = None,
) -> None:
    """Take note of letters that came back and of answers, from a mailbox or one letter piped in.

    A mail server pipes each letter for the return address into it, or a timer has it read the
    mailbox. Nothing is deleted there, and what was read before changes nothing.
    """
    import sys
    from collections import Counter

    from pervichka.register.access.permissions import Permission
    from pervichka.work.messaging.actions import receive_letter

    run.demand(Permission.LOAD_IN_BULK)
    letters = [sys.stdin.buffer.read()] if mailbox is None else _letters(mailbox)
    counted = Counter(
        str(receive_letter(content=content, by=run.actor, at=run.at)) for content in letters
    )
    run.tell("Received", dict(counted))


def imprint(
    run: Run,
    branch: _BRANCH,
    ru: Annotated[str, typer.Option("--ru", help=tr("The words, in Russian."))] = "",
    en: Annotated[str, typer.Option("--en", help=tr("The words, in English."))] = "",
    valid_from: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help=tr("From which day; else from today.")),
    ] = None,
) -> None:
    """Show what stands under a branch's campaigning; with --ru and --en, say what shall."""
    from pervichka.foundation.refusal import refuse
    from pervichka.register.campaigning.actions import name_imprint
    from pervichka.register.campaigning.queries import imprint_of

    found = _branch(run, branch)
    if ru or en:
        name_imprint(
            branch=found,
            ru=ru,
            en=en,
            valid_from=valid_from.date() if valid_from else run.today,
            by=run.actor,
            at=run.at,
        )
    standing = imprint_of(found, on=run.today)
    if standing is None:
        raise refuse("there is no imprint for {code} or above it", code=branch)
    run.tell("Imprint", standing)


def calendar(
    run: Run,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help=tr("A calendar, as YAML; else the pack's own.")),
    ] = None,
) -> None:
    """Take a calendar of silence periods into force. On days that none covers nobody campaigns."""
    from django.conf import settings

    from pervichka.register.campaigning.actions import load_calendar
    from pervichka.register.campaigning.document import document_of, read_calendar

    document, where = document_of(settings.PACK) if file is None else read_calendar(file)
    loaded = load_calendar(document=document, file=where, by=run.actor, at=run.at)
    run.tell("Calendar", {"covers_from": loaded.covers_from, "covers_to": loaded.covers_to})


def _letters(mailbox: Path) -> list[bytes]:
    import mailbox as mailboxes

    from pervichka.foundation.refusal import refuse

    if not mailbox.exists():
        raise refuse("there is no mailbox {path}", path=str(mailbox))
    box: mailboxes.Mailbox[mailboxes.Message] = (
        mailboxes.Maildir(mailbox, create=False)
        if mailbox.is_dir()
        else mailboxes.mbox(mailbox, create=False)
    )
    return [box.get_bytes(key) for key in box.iterkeys()]


def _campaign(run: Run, id_: str) -> "Campaign":
    from django.core.exceptions import ObjectDoesNotExist

    from pervichka.foundation.refusal import refuse
    from pervichka.work.messaging.queries import campaign_of

    try:
        return campaign_of(run.actor, UUID(id_))
    except (ValueError, ObjectDoesNotExist):
        raise refuse("there is no campaign {id}", id=id_) from None


def _branch(run: Run, code: str) -> "Branch":
    from pervichka.foundation.refusal import refuse
    from pervichka.register.branches.queries.units import visible_to

    found = visible_to(run.actor).filter(code=code).first()
    if found is None:
        raise refuse("there is no branch {code}", code=repr(code))
    return found
