"""Sealing text into one row of one column.

    version (1 byte) | nonce (12) | ciphertext | tag (16)

AES-256-GCM; version, table, column and row are authenticated along with the text, so that bytes
moved to another row, column or table don't open there. Nonces are random: after 2^32 values under
one version, hundreds of nations' worth, the chance that two shared one is one in 2^32.
"""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag

from pervichka.foundation.vault.errors import Unopenable
from pervichka.foundation.vault.ring import Ring, ring

_NONCE = 12
_SHORTEST = 1 + _NONCE + 16


@dataclass(frozen=True)
class Cell:
    """A column that holds sealed text. A row is known by its UUID, or by bytes of its own.

    Whoever seals or opens many at once takes the `ring` first and hands it on: to ask each time
    whether the keys have changed costs more than the cipher.
    """

    table: str
    column: str

    def seal(self, row: UUID | bytes, text: str, keys: Ring | None = None) -> bytes:
        """What to store. Raises KeyMissing or KeysDamaged."""
        return self.seal_bytes(row, text.encode(), keys)

    def seal_bytes(self, row: UUID | bytes, content: bytes, keys: Ring | None = None) -> bytes:
        """The same for what is no text."""
        keys = keys or ring()
        version = keys.current
        nonce = os.urandom(_NONCE)
        bound = self._bound(version, row)
        return bytes((version,)) + nonce + keys.cipher(version).encrypt(nonce, content, bound)

    def open(self, row: UUID | bytes, sealed: bytes | memoryview, keys: Ring | None = None) -> str:
        """What was sealed into this very row. Raises Unopenable, KeyMissing or KeysDamaged."""
        return self.open_bytes(row, sealed, keys).decode()

    def open_bytes(
        self, row: UUID | bytes, sealed: bytes | memoryview, keys: Ring | None = None
    ) -> bytes:
        """The same for what is no text."""
        # What Django's binary fields may give.
        sealed = bytes(sealed)
        if len(sealed) < _SHORTEST:
            raise Unopenable(f"{self} holds something that was never sealed")
        version = sealed[0]
        cipher = (keys or ring()).cipher(version)
        nonce, secret = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return cipher.decrypt(nonce, secret, self._bound(version, row))
        except InvalidTag:
            raise Unopenable(
                f"{self} does not open with key version {version}: this is another key than it was"
                " sealed with, or the value was changed or moved"
            ) from None

    def _bound(self, version: int, row: UUID | bytes) -> bytes:
        id_ = row.bytes if isinstance(row, UUID) else row
        # The names hold no NUL, so no two places are bound by the same bytes.
        return b"\0".join((bytes((version,)), self.table.encode(), self.column.encode(), id_))

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


def version_of(sealed: bytes | memoryview) -> int:
    """Under which version of the keys it was sealed."""
    return bytes(sealed)[0]


def is_current(sealed: bytes | memoryview) -> bool:
    return version_of(sealed) == ring().current
