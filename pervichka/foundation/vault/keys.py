"""The master keys, one a version: from the environment, else from a file beside the database.

The file is `keys/vault` in PERVICHKA_HOME, or the one that PERVICHKA_VAULT_FILE names: a line a
version, `1 <64 hexadecimal digits>`. PERVICHKA_VAULT_KEYS holds the same with `:` and `,` in place
of the space and the new line; where it is set, no file is read and none is made.

A key is never made by being asked for: a database that was restored without its keys must say so,
rather than go on under a new one.
"""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from pervichka.foundation import home
from pervichka.foundation.locks import held
from pervichka.foundation.vault.errors import KeyMissing, KeysDamaged

FILE_VARIABLE = "PERVICHKA_VAULT_FILE"
KEYS_VARIABLE = "PERVICHKA_VAULT_KEYS"
KEY_BYTES = 32
MOST_VERSIONS = 255
_KEY = re.compile(r"([1-9][0-9]{0,2})[ :]([0-9a-fA-F]{64})")


def key_file() -> Path:
    """Where the keys lie, unless they come from the environment."""
    named = os.environ.get(FILE_VARIABLE)
    return Path(named).absolute() if named else home.home() / "keys" / "vault"


def keys_in_environment() -> bool:
    return bool(os.environ.get(KEYS_VARIABLE))


def read_keys() -> dict[int, bytes]:
    """Every master key by its version. Raises KeyMissing where there is none, or KeysDamaged."""
    given = os.environ.get(KEYS_VARIABLE)
    if given:
        return _parse(given.split(","), KEYS_VARIABLE)
    path = key_file()
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise KeyMissing(
            f"there is no key to open contact points and sessions with: put {path} back from where"
            f" keys are kept apart, or set {KEYS_VARIABLE}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeysDamaged(f"{path} can't be read: {type(error).__name__}") from None
    return _parse(text.splitlines(), str(path))


def stamp() -> object:
    """Changes whenever the keys may have: cheap enough to be asked for at every use."""
    given = os.environ.get(KEYS_VARIABLE)
    if given:
        return given
    path = key_file()
    try:
        found = path.stat()
    except OSError:
        return str(path), None
    return str(path), found.st_ino, found.st_mtime_ns, found.st_size


def ensure_key() -> None:
    """See that there is a key: for a database in which nothing is sealed yet, and no other."""
    if not keys_in_environment() and not key_file().exists():
        with _alone():
            if not key_file().exists():
                _write({1: secrets.token_bytes(KEY_BYTES)})


def add_key() -> int:
    """Make the key of the next version, under which everything is sealed from now on.

    Raises KeyMissing where the keys come from the environment: whoever set them adds the next.
    """
    if keys_in_environment():
        raise KeyMissing(
            f"the keys come from {KEYS_VARIABLE}: add the next version there, then start everything"
            " anew"
        )
    with _alone():
        keys = read_keys()
        version = max(keys) + 1
        if version > MOST_VERSIONS:
            raise KeysDamaged(f"{key_file()} has no room for another version")
        _write({**keys, version: secrets.token_bytes(KEY_BYTES)})
    return version


def _alone() -> AbstractContextManager[None]:
    folder = key_file().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return held(folder / ".vault.lock")


def _parse(lines: list[str], where: str) -> dict[int, bytes]:
    keys: dict[int, bytes] = {}
    for line in filter(None, map(str.strip, lines)):
        found = _KEY.fullmatch(line)
        version = int(found[1]) if found else 0
        if not found or version > MOST_VERSIONS or version in keys:
            raise KeysDamaged(
                f"{where} is damaged: each version from 1 to {MOST_VERSIONS} stands once, with"
                f" {KEY_BYTES} bytes in hexadecimal"
            )
        keys[version] = bytes.fromhex(found[2])
    if not keys:
        raise KeyMissing(f"{where} holds no key")
    return keys


def _write(keys: Mapping[int, bytes]) -> None:
    """The whole file at once: readers see the one before or this one."""
    path = key_file()
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{version} {key.hex()}\n" for version, key in sorted(keys.items()))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        # Without this a power cut could lose a key under which something is sealed already.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        draft.unlink(missing_ok=True)
