"""`python -m pervichka.surfaces.demo`: what `pervichka demo` loads before it serves."""

import argparse
import os
import sys

import django


def main() -> int:
    """Exit code 0: it stands; 1: refused, for the reasons on standard error."""
    parser = argparse.ArgumentParser(description="Load the made-up organisation.")
    parser.add_argument("--size", choices=["small", "region"])
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pervichka.config.settings")
    django.setup()
    from pervichka.surfaces.demo.program import run  # noqa: PLC0415 - after Django's set-up

    return run(size=given.size, seed=given.seed)


if __name__ == "__main__":
    sys.exit(main())
