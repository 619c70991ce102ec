"""`pervichka demo`, `serve`, `worker`: what runs until it is told to stop."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from pervichka.foundation.refusal import refuse
from pervichka.surfaces.cli.command import command
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

_HERE = "127.0.0.1"
_PORT = Annotated[int, typer.Option("--port", min=1, max=65_535, help=tr("The port to answer on."))]
_HOST = Annotated[
    str, typer.Option("--host", help=tr("The address to answer on; 0.0.0.0 for every network."))
]


class DemoSize(StrEnum):
    """How much is made up."""

    SMALL = "small"
    REGION = "region"
    NATION = "nation"


def register(app: typer.Typer) -> None:
    command(app, "demo")(demo)
    command(app, "serve")(serve)
    command(app, "worker")(worker)


def demo(
    run: Run,
    size: Annotated[
        DemoSize | None,
        typer.Option(
            help=tr("All regions in miniature (small), or one of them in full (region)."),
        ),
    ] = None,
    port: _PORT = 8000,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help=tr("Load it and stop there."))
    ] = False,
) -> None:
    """Make up an organisation with a year of work, score it and show it.

    Every person and every figure is invented, and every page says so. Run again, it goes on with
    what is there. Without --size: what is there, else small.
    """
    from pervichka.register.access.permissions import Permission
    from pervichka.surfaces.cli import running

    run.demand(Permission.LOAD_IN_BULK)
    if size is DemoSize.NATION:
        raise refuse("a made-up nation is not part of this release; write small or region")
    if not no_serve:
        running.demand_free(host=_HERE, port=port)
    arguments = [] if size is None else ["--size", size.value]
    code, told = running.load_demo(arguments)
    if code:
        raise typer.Exit(code)
    if run.json:
        run.document(json.loads(told))
    if no_serve:
        return
    run.say("People and figures are invented.")
    run.say("http://{host}:{port}", host=_HERE, port=port)
    running.serve(host=_HERE, port=port, worker=True)


def serve(
    run: Run,
    port: _PORT = 8000,
    host: _HOST = _HERE,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help=tr("Leave background work to `pervichka worker`."))
    ] = False,
) -> None:
    """Serve the pages and the API, with a worker beside them, until Ctrl+C."""
    from pervichka.register.access.permissions import Permission
    from pervichka.surfaces.cli import running

    # The pages and the worker act for everyone, with all that is in the database in reach.
    run.demand(Permission.KEEP_DATABASE)
    address = running.demand_free(host=host, port=port)
    run.say("http://{host}:{port}", host=host, port=port)
    running.serve(host=address, port=port, worker=not no_worker)


def worker(run: Run) -> None:
    """Do the background work: facts from work, scores from facts, the journal's seals."""
    from pervichka.register.access.permissions import Permission
    from pervichka.surfaces.cli import running

    run.demand(Permission.KEEP_DATABASE)
    running.become_worker()
