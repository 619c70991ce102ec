"""One run of a command: who acts, when, and how the result is told."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from pervichka.foundation import clock
from pervichka.surfaces.cli.language import tr, wanted
from pervichka.surfaces.cli.plain import document, plain, shown

if TYPE_CHECKING:
    from pervichka.register.access.actor import Actor
    from pervichka.register.access.permissions import Permission

# A table that a program reads through a pipe is not broken to the width of a terminal.
_WIDTH_OF_A_PIPE = 200


@dataclass(kw_only=True)
class Run:
    """Given to every command. With `json` on, stdout gets one document and nothing else."""

    json: bool
    user: str | None
    at: datetime
    output: Console = field(init=False)
    trouble: Console = field(init=False)

    def __post_init__(self) -> None:
        width = None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE
        self.output = Console(width=width, highlight=False)
        self.trouble = Console(stderr=True, highlight=False)

    @classmethod
    def start(cls, *, json: bool, user: str | None) -> "Run":
        return cls(json=json, user=user, at=clock.now())

    @cached_property
    def actor(self) -> "Actor":
        """Who acts: the user named by `--as` in their highest post, else the local operator."""
        from pervichka.register.branches.acting import OPERATOR
        from pervichka.surfaces.cli import acting

        return acting.as_user(self.user, at=self.at) if self.user else OPERATOR

    def demand(self, permission: "Permission") -> None:
        """Refuse whoever lacks the permission over the whole tree: with `Forbidden`."""
        from pervichka.surfaces.cli import acting

        acting.demand_everywhere(self.actor, permission)

    @property
    def today(self) -> date:
        """The day it is where the organisation is."""
        from django.utils import timezone

        return timezone.localdate(self.at)

    def text(self, texts: Any) -> str:
        """A text given by language, in the language of this run."""
        return str(texts.get(wanted()) or texts.get("en") or next(iter(texts.values()), ""))

    # ------------------------------------------------------------------ telling the result

    def document(self, value: object) -> None:
        """The one JSON document of this run."""
        sys.stdout.write(document(value) + "\n")

    def say(self, message: str, /, **params: object) -> None:
        """A line for people; nothing with `--json`."""
        if not self.json:
            self.output.print(tr(message).format(**params), markup=False, soft_wrap=True)

    def tell(self, title: str, value: object, /, **params: object) -> None:
        """One thing with named parts, such as what an import did."""
        if self.json:
            self.document(value)
            return
        table = Table(show_header=False, box=SIMPLE)
        table.add_column()
        table.add_column(justify="right")
        for name, part in plain(value).items():
            table.add_row(tr(name.replace("_", " ")), escape(shown(part)))
        self._heading(title, **params)
        self.output.print(table)

    def rows(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Many things of one shape; with `--json` a list of objects by column."""
        if self.json:
            self.document([dict(zip(columns, row, strict=True)) for row in rows])
            return
        table = Table(box=SIMPLE)
        for name in columns:
            table.add_column(tr(name.replace("_", " ")), overflow="fold")
        for row in rows:
            table.add_row(*(escape(shown(plain(cell))) for cell in row))
        self._heading(title)
        self.output.print(table)

    def _heading(self, title: str, /, **params: object) -> None:
        self.output.print(tr(title).format(**params), style="bold", markup=False)

    def progress(self) -> Progress:
        """A progress bar on stderr, where it disturbs no document; to be entered with `with`."""
        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.trouble,
            transient=True,
            disable=not self.trouble.is_terminal,
        )

    def busy(self, message: str, /, **params: object) -> Any:
        """A spinner on stderr while a block runs whose length is not known."""
        return self.trouble.status(tr(message).format(**params))
