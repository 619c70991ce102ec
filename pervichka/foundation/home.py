"""PERVICHKA_HOME: the one folder in which an installation keeps what is its own.

Nothing is created and nothing is read when this module is imported; settings may import it freely.
"""

import os
import secrets
from pathlib import Path

VARIABLE = "PERVICHKA_HOME"
DEFAULT = "var"
_SECRET_BYTES = 32


def home() -> Path:
    """The folder as an absolute path (default: ./var), whether or not it exists yet."""
    return Path(os.environ.get(VARIABLE) or DEFAULT).absolute()


def folder(*parts: str) -> Path:
    """A folder inside home, made if need be and open to its owner alone (0700)."""
    path = home()
    _make_private(path)
    for part in parts:
        path = path / part
        _make_private(path)
    return path


def secret(name: str) -> bytes:
    """The 32 random bytes of this installation called `name`, made on first use.

    They lie in `keys/<name>` (0600) as hexadecimal text. Two processes that ask at once get the
    same bytes: the file appears whole, under its name, exactly once.
    """
    path = folder("keys") / name
    if not path.exists():
        _write_once(path, secrets.token_bytes(_SECRET_BYTES).hex() + "\n")
    text = path.read_text(encoding="ascii").strip()
    key = bytes.fromhex(text)
    if len(key) < _SECRET_BYTES:
        raise ValueError(f"{path} is damaged: {_SECRET_BYTES} bytes in hexadecimal are expected.")
    return key


def _make_private(path: Path) -> None:
    # An existing folder keeps the mode its owner chose for it.
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write_once(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link, unlike a rename, never replaces what another process has put there meanwhile.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
