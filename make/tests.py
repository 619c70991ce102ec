"""Runs every test. Journeys need a Chromium: it is found, put in, or their absence is said.

Arguments are handed on to pytest. With CI set, a missing browser is a failure.
"""

import os
import subprocess
import sys
from pathlib import Path

import browser

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    chromium = browser.find()
    if chromium is None and browser.may_install():
        print("No Chromium here; putting Debian's in for the journeys.", flush=True)
        chromium = browser.install()
    environment = dict(os.environ)
    if chromium is None:
        environment.pop(browser.VARIABLE, None)
        code = run([*arguments, "-m", "not journey"], environment)
        return max(code, report_missing(environment))
    return run(arguments, environment | {browser.VARIABLE: chromium})


def run(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def report_missing(environment: dict[str, str]) -> int:
    """Name the journeys that did not run. 1 in CI, where that is a failure; else 0."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "journey"]
    found = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    names = [line for line in found.stdout.splitlines() if "::" in line]
    print(f"\n{len(names)} journeys did not run, for want of a browser:")
    for name in names:
        print(f"  {name}")
    print(browser.HOW_TO_GET_IT)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
