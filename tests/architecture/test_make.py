"""`make test` without a browser, and the wheel that `make dist` tries."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# No Chromium and no apt: only what Python and git need.
BARE = {"PATH": "/nonexistent", "PLAYWRIGHT_BROWSERS_PATH": "/nonexistent"}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_without_a_browser_the_rest_runs_the_journeys_are_named_and_ci_fails() -> None:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "PERVICHKA_BROWSER" and not name.startswith("PYTEST_")
    }
    done = subprocess.run(
        [sys.executable, "make/tests.py", "tests/surfaces/cli/test_usage.py", "-n0", "-kversion"],
        cwd=ROOT,
        env=kept | BARE | {"CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    assert "journeys did not run" in done.stdout
    assert "tests/journeys/" in done.stdout
    assert "apt install chromium" in done.stdout


def test_no_lock_file_names_an_address() -> None:
    for file in [*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"]:
        text = file.read_text(encoding="utf-8")
        assert "://" not in text.replace("https://opencollective.com", "").replace(
            "https://github.com/sponsors", ""
        ), file.name
