"""Contact points as they are stored: sealed into their row, with a blind index to be found by."""

from uuid import UUID

from pervichka.foundation import vault

_SEALED = vault.Cell("contact_point", "sealed")


def stored(id_: UUID, kind: str, value: str, keys: vault.Ring | None = None) -> tuple[bytes, bytes]:
    """`sealed` and `blind_index` of a row, from the value as `contact_values` writes it.

    Whoever writes many takes the ring of keys once.
    """
    keys = keys or vault.ring()
    return _SEALED.seal(id_, value, keys), keys.blind(kind, value)


def opened(id_: UUID, sealed: bytes | memoryview, keys: vault.Ring | None = None) -> str:
    """The phone number or address in a row."""
    return _SEALED.open(id_, sealed, keys)
