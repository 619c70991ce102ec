"""The worker: `python -m pervichka.surfaces.jobs`. Runs until it is told to stop."""

import asyncio
import os
import threading

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pervichka.config.settings")
    django.setup()
    from pervichka.surfaces.jobs.worker import run_worker  # noqa: PLC0415 - after Django's set-up

    asyncio.run(run_worker(threading.Event()))


if __name__ == "__main__":
    main()
