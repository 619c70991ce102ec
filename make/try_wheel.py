"""Installs a wheel into a fresh environment of its own and tries it there.

The wheel must carry what the pages are dressed in and the compiled messages, and must run where the
source tree is not. What it depends on is taken from the environment that runs this.
"""

import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

CARRIED = ("pervichka/surfaces/web/static/vendor/", ".mo", ".yaml", "pervichka/requirements.txt")


def main(wheel: Path) -> int:
    names = zipfile.ZipFile(wheel).namelist()
    lacking = [part for part in CARRIED if not any(part in name for name in names)]
    if lacking:
        print(f"{wheel.name} lacks {', '.join(lacking)}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        print(f"{wheel.name}: {version_said_by(wheel, Path(folder))}")
    return 0


def version_said_by(wheel: Path, folder: Path) -> str:
    """What `pervichka --version` prints once the wheel is installed in `folder`."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    ask = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    install += ["--disable-pip-version-check", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True)
    # The parts we depend on; a path added so brings no editable install of ours along.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    command = [folder / "bin" / "pervichka", "--version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    return said.stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
