"""What is not patched: parts older than those the release names, PostgreSQL, Python.

What counts as new stands in `patches.yaml`, and for Python's packages in the release's lock file.
"""

import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version
from ruamel.yaml import YAML

from pervichka.foundation.postgres import connect_info, is_embedded
from pervichka.foundation.postgres.sessions import opened, value
from pervichka.surfaces.cli.language import tr

_HERE = Path(__file__).resolve().parent
# In the wheel beside the package's own files; in a checkout where `make lock` writes it.
_LOCKS = (_HERE.parents[1] / "requirements.txt", _HERE.parents[2] / "requirements" / "base.txt")


def parts(_at: datetime) -> tuple[bool, str]:
    """Packages older than the release names, or absent, are not well; newer ones are told."""
    lock = next((file for file in _LOCKS if file.exists()), None)
    if lock is None:
        return False, tr("the release's lock file is absent")
    named = pinned(lock.read_text(encoding="utf-8"))
    return compared(named, {name: _installed(name) for name in named})


def compared(named: Mapping[str, str], installed: Mapping[str, str | None]) -> tuple[bool, str]:
    """The same, of what is named and what is installed by name."""
    behind, ahead = [], []
    for name, wanted in named.items():
        found = installed[name]
        if found is None or Version(found) < Version(wanted):
            behind.append(f"{name} {found or tr('is absent')} < {wanted}")
        elif Version(found) > Version(wanted):
            ahead.append(f"{name} {found} > {wanted}")
    return not behind, "; ".join(behind + ahead) or tr("as the release names them")


def postgresql(_at: datetime) -> tuple[bool, str]:
    """The minor version beside the newest one. The embedded server comes with the release."""
    with opened(connect_info("app")) as session:
        number = int(str(value(session, "show server_version_num")))
    return judged(number, embedded=is_embedded())


def judged(number: int, *, embedded: bool) -> tuple[bool, str]:
    """The same, of a server's version as a number, such as 180004.

    An embedded server that is behind is told and no more: only another release brings another one.
    """
    major, minor = divmod(number, 10_000)
    newest: Mapping[int, int] = _known()["postgresql"]["newest"]
    here = f"{major}.{minor}"
    if major not in newest:
        if major > max(newest):
            return True, tr("{version} is newer than what this release knows").format(version=here)
        return False, tr("{version} gets no fixes any more").format(version=here)
    if minor >= newest[major]:
        return True, here
    behind = tr("{version} is behind {newest}, which mends security holes").format(
        version=here, newest=f"{major}.{newest[major]}"
    )
    if not embedded:
        return False, behind
    way = tr("a newer Pervichka brings it, or a server of your own in DATABASE_URL")
    return True, f"{behind}: {way}"


def python(at: datetime) -> tuple[bool, str]:
    """Whether this Python is mended still."""
    return lasting(f"{sys.version_info.major}.{sys.version_info.minor}", at)


def lasting(version: str, at: datetime) -> tuple[bool, str]:
    """The same, of a version such as 3.11: past its end it is not well, near it that is told."""
    known = _known()["python"]
    end: date | None = known["ends"].get(version)
    if end is None:
        return True, tr("{version} is newer than what this release knows").format(version=version)
    params = {"version": version, "day": end.isoformat()}
    if at.date() > end:
        return False, tr("{version} gets no fixes since {day}").format(**params)
    if at.date() > end - timedelta(days=known["told_before"]):
        return True, tr("{version} gets no fixes after {day}: plan a newer one").format(**params)
    return True, version


def pinned(lock: str) -> dict[str, str]:
    """The version of each package that a lock file names for a machine like this one."""
    found = {}
    for line in lock.splitlines():
        if not line or line.startswith((" ", "#")):
            continue
        one = Requirement(line.rstrip("\\ "))
        if one.marker is None or one.marker.evaluate():
            (exactly,) = one.specifier
            found[one.name] = exactly.version
    return found


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


@cache
def _known() -> Mapping[str, Any]:
    known: Mapping[str, Any] = YAML(typ="safe").load(_HERE / "patches.yaml")
    return known
