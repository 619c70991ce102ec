"""`python -m bench.locks --people N --branches N`, in an empty PERVICHKA_HOME: a list in JSON."""

import argparse
import json
import os
from dataclasses import asdict

import django


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--branches", type=int, required=True)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pervichka.config.settings")
    django.setup()
    from bench.locks.asking import measure, questions  # noqa: PLC0415 - after Django's set-up
    from bench.locks.people import populate  # noqa: PLC0415 - as above

    populate(given.people, given.branches)
    print(json.dumps([asdict(measure(one, given.people)) for one in questions()]))


if __name__ == "__main__":
    main()
