"""`pervichka standard`: check a document, publish it, look at it, try it on past months."""

from typing import TYPE_CHECKING, Annotated

import typer

from pervichka.foundation.periods import Month
from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.commands.parameters import StandardFile, month
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

if TYPE_CHECKING:
    from pervichka.standard.rulebook.document import Standard

_MOST_SHOWN = 40
_MOST_CAUSES = 3


def register(app: typer.Typer) -> None:
    standard = group("standard", "Standards: how work is measured, as a document.", into=app)
    command(standard, "check")(check)
    command(standard, "publish")(publish)
    command(standard, "list")(list_)
    command(standard, "show")(show)
    command(standard, "replay")(replay)


def check(run: Run, file: StandardFile) -> None:
    """Read a document and report every mistake with its line and what is allowed there."""
    from pervichka.standard.scores.queries.standards import check_standard

    standard = check_standard(file=file)
    run.tell("{file} is sound", _summary(run, standard), file=file.name)


def publish(run: Run, file: StandardFile) -> None:
    """Publish a version, which never changes from then on.

    The same document again changes nothing; other content under the same version is refused.
    """
    from pervichka.standard.scores.actions.publishing import publish_standard
    from pervichka.standard.scores.queries.standards import document

    published = publish_standard(file=file, by=run.actor, at=run.at)
    told = {**_summary(run, document(published)), "fingerprint": published.fingerprint}
    run.tell("Published", told)


def list_(run: Run) -> None:
    """List every published version, the latest of each standard first."""
    from pervichka.standard.scores.queries.standards import published_standards

    run.rows(
        "Published standards",
        ("standard", "version", "title", "valid_from", "fingerprint"),
        (
            (one.slug, one.version, run.text(one.title), one.valid_from, one.fingerprint)
            for one in published_standards()
        ),
    )


def show(
    run: Run,
    name: Annotated[
        str,
        typer.Argument(metavar="ID", help=tr("A slug, or slug@version; else its last version.")),
    ],
) -> None:
    """Show a published standard: its criteria, its indicators, what each is worth."""
    from pervichka.standard.scores.queries.standards import document, standard_named

    standard = document(standard_named(name))
    if run.json:
        run.document(standard)
        return
    run.tell("{title}", _summary(run, standard), title=run.text(standard.title))
    run.rows(
        "Indicators",
        ("criterion", "indicator", "title", "period", "weight", "floor", "target"),
        (
            (
                criterion.id,
                one.id,
                run.text(one.title),
                one.period,
                one.weight,
                one.floor,
                one.target,
            )
            for criterion, one in standard.pairs()
        ),
    )


def replay(
    run: Run,
    file: StandardFile,
    first: Annotated[
        Month, typer.Option("--from", parser=month, metavar="MONTH", help=tr("The first month."))
    ],
    last: Annotated[
        Month, typer.Option("--to", parser=month, metavar="MONTH", help=tr("The last month."))
    ],
) -> None:
    """Run a draft over past months beside the version in force; nothing is stored.

    Says for each branch and month the points and the grade before and after, and why: how many of
    the points each indicator adds or takes. With --as: of the branches that this user sees.
    """
    from pervichka.standard.scores.queries.replaying import replay as query

    columns = (
        "month", "branch", "level", "points_before", "points_after", "grade_before", "grade_after",
        "why",
    )  # fmt: skip
    with run.busy("Computing…"):
        replayed = list(query(file=file, first=first, last=last, by=run.actor))
    rows = [tuple(getattr(one, name) for name in columns) for one in replayed]
    if run.json:
        run.rows("", columns, rows)
        return
    movers = sorted(
        (one for one in replayed if one.difference or one.grade_before != one.grade_after),
        key=lambda one: -abs(one.difference or 0),
    )
    shown = [
        (
            *(getattr(one, name) for name in columns[:-1]),
            [f"{cause.indicator} {cause.difference:+.2f}" for cause in one.why[:_MOST_CAUSES]],
        )
        for one in movers[:_MOST_SHOWN]
    ]
    run.rows("Who would move most", columns, shown)
    run.say(
        "{moved} of {all} numbers would change; --json gives all.",
        moved=len(movers),
        all=len(replayed),
    )


def _summary(run: Run, standard: "Standard") -> dict[str, object]:
    return {
        "standard": standard.slug,
        "version": standard.version,
        "title": run.text(standard.title),
        "source": standard.source,
        "valid_from": standard.valid_from,
        "criteria": len(standard.criteria),
        "indicators": len(standard.indicators),
    }
