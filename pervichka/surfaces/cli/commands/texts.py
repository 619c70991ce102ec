"""`pervichka text` and `pervichka controller`: what people agree to, and with whom."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

if TYPE_CHECKING:
    from pervichka.register.branches.models import Branch

_FILE = Annotated[Path, typer.Argument(metavar="FILE", help=tr("A text, as YAML."))]
_BRANCH = Annotated[str, typer.Argument(metavar="BRANCH", help=tr("The branch's code."))]
_FROM = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help=tr("From which day; else from today.")),
]


def register(app: typer.Typer) -> None:
    text = group("text", "Texts that people agree to, as documents.", into=app)
    command(text, "check")(check)
    command(text, "publish")(publish)
    command(text, "list")(list_)
    controller = group("controller", "Who answers for personal data in a branch.", into=app)
    command(controller, "show")(show)
    command(controller, "name")(name)
    command(controller, "end")(end)


def check(run: Run, file: _FILE) -> None:
    """Read a document and report every mistake with its line and what is allowed there."""
    from pervichka.register.texts.document import fingerprint, parse_document, read_document

    text = parse_document(read_document(file), file=file)
    told = {"code": text.code, "version": text.version, "fingerprint": fingerprint(text)}
    run.tell("{file} is sound", told, file=file.name)


def publish(run: Run, file: _FILE) -> None:
    """Publish a version, which never changes from then on.

    With --as it waits until a second person publishes the same document, or agrees on the page of
    texts. The same document again changes nothing; other content under the same version is
    refused.
    """
    from pervichka.register.texts.actions import propose_text
    from pervichka.register.texts.document import read_document

    done = propose_text(document=read_document(file), file=file, by=run.actor, at=run.at)
    run.tell("Waits for a second person" if done.waits else "Published", done)


def list_(run: Run) -> None:
    """List every published version, the latest of each text first."""
    from pervichka.register.texts.queries import versions

    run.rows(
        "Published texts",
        ("code", "version", "title", "basis", "purpose", "channels", "fingerprint"),
        (
            (
                one.text.code,
                one.text.version,
                run.text(one.text.aim),
                one.text.basis,
                one.text.purpose,
                list(one.text.channels),
                one.fingerprint,
            )
            for one in versions()
        ),
    )


def show(run: Run, branch: _BRANCH) -> None:
    """Show who answers for personal data in a branch today, its own or that of a branch above."""
    from pervichka.foundation.refusal import refuse
    from pervichka.register.texts.queries import controller_of

    found = controller_of(_branch(run, branch), on=run.today)
    if found is None:
        raise refuse(
            "nobody is named who answers for personal data in {code} or above it", code=branch
        )
    run.tell("Controller", found)


def name(
    run: Run,
    branch: _BRANCH,
    named: Annotated[str, typer.Option("--name", help=tr("The organisation's full name."))],
    number: Annotated[str, typer.Option("--number", help=tr("Its registration number."))],
    address: Annotated[str, typer.Option("--address", help=tr("Its address."))],
    valid_from: _FROM = None,
) -> None:
    """Say who answers for personal data in a branch and below it from a day on."""
    from pervichka.register.texts.actions import name_controller

    name_controller(
        branch=_branch(run, branch),
        name=named,
        number=number,
        address=address,
        valid_from=valid_from.date() if valid_from else run.today,
        by=run.actor,
        at=run.at,
    )
    show(run, branch)


def end(run: Run, branch: _BRANCH, valid_from: _FROM = None) -> None:
    """Leave it to the branch above from a day on."""
    from pervichka.register.texts.actions import end_controller

    end_controller(
        branch=_branch(run, branch),
        valid_from=valid_from.date() if valid_from else run.today,
        by=run.actor,
        at=run.at,
    )
    run.say("From then on the branch above {code} answers.", code=branch)


def _branch(run: Run, code: str) -> "Branch":
    from pervichka.foundation.refusal import refuse
    from pervichka.register.branches.queries.units import visible_to

    found = visible_to(run.actor).filter(code=code).first()
    if found is None:
        raise refuse("there is no branch {code}", code=repr(code))
    return found
