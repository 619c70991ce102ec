"""The ring of keys: what follows from each master key, and which version is in use.

Each use has a key of its own, derived by HKDF from the master of its version, so that a blind index
tells nothing about what is sealed, nor one kind of value about another.
"""

import hmac
from collections.abc import Sequence
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pervichka.foundation.vault import keys
from pervichka.foundation.vault.errors import KeyMissing

# Half of SHA-256: two of a nation's numbers agree by chance once in 10^25 nations.
_BLIND_BYTES = 16


class Ring:
    """The keys of every version there is; `current` is the one that new values are sealed with."""

    def __init__(self, masters: dict[int, bytes]) -> None:
        self._masters = masters
        self.current = max(masters)
        self._ciphers: dict[int, AESGCM] = {}
        self._index_keys: dict[tuple[int, str], bytes] = {}

    @property
    def versions(self) -> Sequence[int]:
        """The newest first: nearly everything is sealed with that."""
        return sorted(self._masters, reverse=True)

    def cipher(self, version: int) -> AESGCM:
        """Raises KeyMissing where there is no key of that version."""
        found = self._ciphers.get(version)
        if found is None:
            found = self._ciphers[version] = AESGCM(self._derived(version, "seal"))
        return found

    def blind(self, kind: str, value: str, version: int | None = None) -> bytes:
        """A keyed digest of the value: equal for equal values of one kind under one version."""
        version = version or self.current
        key = self._index_keys.get((version, kind))
        if key is None:
            key = self._derived(version, f"index {kind}")
            self._index_keys[version, kind] = key
        return hmac.digest(key, value.encode(), "sha256")[:_BLIND_BYTES]

    def blinds(self, kind: str, value: str) -> list[bytes]:
        """The digests under every version, to look up by while a rotation is under way."""
        return [self.blind(kind, value, version) for version in self.versions]

    def only(self, version: int) -> "Ring":
        """A ring of one version alone, which seals with it. Raises KeyMissing."""
        self.cipher(version)
        return Ring({version: self._masters[version]})

    def __repr__(self) -> str:
        # A key must not reach a log by way of a traceback.
        return f"Ring(versions {', '.join(map(str, self.versions))})"

    def _derived(self, version: int, use: str) -> bytes:
        master = self._masters.get(version)
        if master is None:
            raise KeyMissing(
                f"key version {version} is missing, with which something here is sealed: put back"
                " the key file from where keys are kept apart"
            )
        info = f"pervichka vault {version} {use}".encode()
        return HKDF(algorithm=SHA256(), length=keys.KEY_BYTES, salt=None, info=info).derive(master)


def ring() -> Ring:
    """The ring as the keys are now: a version that was added meanwhile is on it.

    Raises KeyMissing or KeysDamaged.
    """
    return _ring(keys.stamp())


@lru_cache(maxsize=1)
def _ring(_stamp: object) -> Ring:
    return Ring(keys.read_keys())


def blind(kind: str, value: str) -> bytes:
    """What a value is stored and found by; give the value in its one normal form."""
    return ring().blind(kind, value)


def blinds(kind: str, value: str) -> list[bytes]:
    """What to look a value up by: once more for each older version that is still there."""
    return ring().blinds(kind, value)
