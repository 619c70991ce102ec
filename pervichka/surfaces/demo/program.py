"""The demo's loading as a program: a progress bar on standard error, what stands on output."""

import json
import os
import sys
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.acting import OPERATOR, acting_as
from pervichka.surfaces.demo.loading import Loaded, load_demo
from pervichka.surfaces.demo.organisation import SEED
from pervichka.surfaces.demo.sizes import Size

_REFUSED = 1
# What each stage is called while it runs; months of scores are told by their own name.
_STAGES = {
    "ru": {
        "tree": "Отделения и участки",
        "people": "Люди",
        "posts": "Должности",
        "appeals": "Обращения и личные приёмы за год",
        "events": "Собрания и мероприятия за год",
        "standard": "Стандарт",
        "access": "Доступ",
        "scores of": "Баллы за",
    },
    "en": {
        "tree": "Branches and precincts",
        "people": "People",
        "posts": "Posts",
        "appeals": "A year of appeals and open hours",
        "events": "A year of meetings and events",
        "standard": "The standard",
        "access": "Access",
        "scores of": "Scores of",
    },
}


def run(*, size: str | None, seed: int | None) -> int:
    try:
        with acting_as(OPERATOR):
            loaded = _load(Size(size) if size else None, SEED if seed is None else seed)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return _REFUSED
    sys.stdout.write(json.dumps(asdict(loaded)) + "\n")
    return 0


def _load(size: Size | None, seed: int) -> Loaded:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True, highlight=False)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        return load_demo(
            size=size,
            seed=seed,
            by=OPERATOR,
            at=clock.now(),
            progress=lambda stage, done, all_: bar.update(
                task, description=_named(stage), completed=done, total=all_
            ),
        )


def _named(stage: str) -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    names = _STAGES["ru" if spoken.lower().startswith("ru") else "en"]
    kind, _, month = stage.rpartition(" ")
    return f"{names[kind]} {month}" if kind else names.get(stage, stage)
