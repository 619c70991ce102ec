"""`pervichka facts`: what other systems send, and which kinds of facts there are."""

from typing import Annotated

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.commands.parameters import TableFile
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run


def register(app: typer.Typer) -> None:
    facts = group("facts", "Facts: what other systems send, and the kinds there are.", into=app)
    command(facts, "register")(register_kind)
    command(facts, "kinds")(kinds)
    command(facts, "import")(import_facts)


def register_kind(
    run: Run,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=tr("A name like x.service.opened."))],
    purpose: Annotated[
        str, typer.Option("--purpose", metavar="TEXT", help=tr("What such facts are held for."))
    ],
    with_person: Annotated[
        bool, typer.Option("--with-person", help=tr("Such facts may name a person."))
    ] = False,
) -> None:
    """Register a kind of fact that another system will send.

    Its name begins with x. and its purpose is kept beside it. Kinds about voting, employment,
    health or religion are refused. Whether a kind may name people is settled once.
    """
    from pervichka.standard.facts.actions.registering import register_kind as act

    act(kind=kind, purpose=purpose, with_person=with_person, by=run.actor, at=run.at)
    run.tell("Registered", {"kind": kind, "purpose": purpose, "with_person": with_person})


def kinds(run: Run) -> None:
    """List every kind of fact that a standard may count: the catalogue and what is registered."""
    from pervichka.standard.facts.queries.kinds import known_kinds

    columns = ("kind", "meaning", "with_person", "derived", "registered")
    run.rows(
        "Kinds of facts",
        columns,
        (
            (
                known.kind,
                run.text(known.meaning),
                known.with_person,
                known.derived,
                known.registered,
            )
            for known in known_kinds()
        ),
    )


def import_facts(run: Run, file: TableFile) -> None:
    """Take over facts from another system, whole or not at all.

    Columns: kind, branch, person, occurred_on, value, evidence, source, source_id. The pair of
    source and source_id is unique: the same content again changes nothing, other content is a
    correction. Evidence is self_reported, observed or verified. A person need not be in the
    register. A value has at most three decimals.
    """
    from pervichka.standard.facts.actions.importing import import_facts as act

    with run.busy("Reading {file}…", file=file.name):
        done = act(file=file, by=run.actor, at=run.at)
    run.tell("Facts of {file}", done, file=file.name)
