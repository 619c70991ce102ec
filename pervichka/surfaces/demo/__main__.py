"""`python -m pervichka.surfaces.demo --size small`: what `pervichka demo` loads before it serves."""

import argparse
import os
import sys

import django
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused

_REFUSED = 1


def main() -> int:
    parser = argparse.ArgumentParser(description="Load the made-up organisation.")
    parser.add_argument("--size", choices=["small", "region"])
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pervichka.config.settings")
    django.setup()
    try:
        _load(given.size, given.seed)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return _REFUSED
    return 0


def _load(size: str | None, seed: int | None) -> None:
    from pervichka.register.access.actor import Actor
    from pervichka.register.access.roles import Operator
    from pervichka.register.branches.tree import WHOLE
    from pervichka.surfaces.demo.loading import load_demo
    from pervichka.surfaces.demo.organisation import SEED
    from pervichka.surfaces.demo.sizes import Size

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True, highlight=False)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        load_demo(
            size=Size(size) if size else None,
            seed=SEED if seed is None else seed,
            by=Actor(code="operator", role=Operator, scope=WHOLE),
            at=clock.now(),
            progress=lambda stage, done, all_: bar.update(
                task, description=stage, completed=done, total=all_
            ),
        )


if __name__ == "__main__":
    sys.exit(main())
