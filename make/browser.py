"""Finds the Chromium that the journeys drive, and puts Debian's in where it may."""

import os
import shutil
import subprocess
from pathlib import Path

VARIABLE = "PERVICHKA_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
HOW_TO_GET_IT = (
    "Install Chromium (Debian and Ubuntu: apt install chromium; elsewhere: .venv/bin/playwright "
    f"install chromium) or name one in {VARIABLE}, then run `make test` again."
)


def find() -> str | None:
    """The path of a Chromium: the one the environment names, the machine's, or Playwright's."""
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    return _playwrights()


def _playwrights() -> str | None:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "~/.cache/ms-playwright")
    found = sorted(Path(folder).expanduser().glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


def may_install() -> bool:
    """Whether we are root on a system with Debian's packages."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> str | None:
    """Put Debian's Chromium in; its path, or None if that failed (apt has said why)."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        subprocess.run(["apt-get", *arguments], env=environment, check=False)
    return find()
