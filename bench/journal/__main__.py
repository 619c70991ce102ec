"""`python -m bench.journal --entries N`, in an empty PERVICHKA_HOME: the figures in JSON."""

import argparse
import json
import os
from dataclasses import asdict

import django


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pervichka.config.settings")
    django.setup()
    from bench.journal.asking import measure  # noqa: PLC0415 - after Django's set-up
    from bench.journal.filling import fill  # noqa: PLC0415 - as above

    fill(given.entries)
    print(json.dumps(asdict(measure(given.entries)), indent=2))


if __name__ == "__main__":
    main()
