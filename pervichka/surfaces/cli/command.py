"""What every command has: `--json`, `--as`, a prepared database, a `Run` to act and speak."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any

import typer

from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run
from pervichka.surfaces.cli.usage import Command, Group

_EVERYWHERE = tr("For every command")
_JSON = Annotated[
    bool,
    typer.Option(
        "--json",
        help=tr("Print one JSON document and nothing else."),
        rich_help_panel=_EVERYWHERE,
    ),
]
_AS = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="USER",
        help=tr("Act as this user; else as the local operator, with the whole tree."),
        rich_help_panel=_EVERYWHERE,
    ),
]
Function = Callable[..., None]


@dataclass(frozen=True)
class Asked:
    """What stood before the command's name, as in `pervichka --json branches import …`."""

    json: bool = False
    user: str | None = None


def group(name: str, about: str, *, into: typer.Typer) -> typer.Typer:
    """A group of commands, such as `pervichka branches …`."""
    made = typer.Typer(cls=Group, no_args_is_help=True, help=tr(about))
    into.add_typer(made, name=name)
    return made


def command(
    app: typer.Typer, name: str, *, database: bool = True, panel: str = ""
) -> Callable[[Function], Function]:
    """Make a function `(run, …)` a command; its docstring is the manual's page.

    The function gets a `Run` first. Unless `database` is off, the database is prepared before.
    """

    def register(function: Function) -> Function:
        @wraps(function)
        def wrapper(context: typer.Context, **options: Any) -> None:
            before = context.find_object(Asked) or Asked()
            json, user = options.pop("json_"), options.pop("as_")
            run = Run.start(json=json or before.json, user=user or before.user)
            with _prepared(run) if database else nullcontext():
                function(run, **options)

        ours = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        signature = inspect.Signature(
            [
                _parameter("context", typer.Context),
                *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in ours),
                _parameter("json_", _JSON, default=False),
                _parameter("as_", _AS, default=None),
            ]
        )
        wrapper.__signature__ = signature  # type: ignore[attr-defined]  # what Typer reads; functions may carry it
        wrapper.__annotations__ = {
            parameter.name: parameter.annotation for parameter in signature.parameters.values()
        }
        about = tr(inspect.cleandoc(function.__doc__ or ""))
        app.command(name, cls=Command, help=about, rich_help_panel=tr(panel) or None)(wrapper)
        return function

    return register


def _parameter(
    name: str, annotation: Any, default: Any = inspect.Parameter.empty
) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


@contextmanager
def _prepared(run: Run) -> Iterator[None]:
    from pervichka.surfaces.cli import preparing

    preparing.prepare(run)
    from pervichka.register.branches.acting import acting_as

    with acting_as(run.actor):
        yield
