"""`pervichka demo`, `serve`, `worker`: what runs until it is told to stop."""

from typing import Annotated

import typer

from pervichka.surfaces.cli.command import command
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

_PORT = Annotated[int, typer.Option("--port", min=1, max=65_535, help=tr("The port to answer on."))]
_HOST = Annotated[
    str, typer.Option("--host", help=tr("The address to answer on; 0.0.0.0 for every network."))
]


def register(app: typer.Typer) -> None:
    command(app, "serve")(serve)
    command(app, "worker")(worker)


def serve(
    run: Run,
    port: _PORT = 8000,
    host: _HOST = "127.0.0.1",
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help=tr("Leave background work to `pervichka worker`."))
    ] = False,
) -> None:
    """Serve the pages and the API, with a worker beside them, until Ctrl+C."""
    from pervichka.surfaces.cli import running

    run.say("http://{host}:{port}", host=host, port=port)
    running.serve(host=host, port=port, worker=not no_worker)


def worker(_run: Run) -> None:
    """Do the background work: facts from work, scores from facts, the journal's seals."""
    from pervichka.surfaces.cli import running

    running.become_worker()
