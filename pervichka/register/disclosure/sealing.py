"""Files of exports as they are stored: sealed into their export's row."""

from uuid import UUID

from pervichka.foundation import vault

_SEALED = vault.Cell("people_export_file", "sealed")


def stored(export_id: UUID, content: bytes, keys: vault.Ring | None = None) -> bytes:
    """What is kept of a file. Raises what the vault raises where there is no key."""
    return _SEALED.seal_bytes(export_id, content, keys)


def opened(export_id: UUID, sealed: bytes | memoryview, keys: vault.Ring | None = None) -> bytes:
    """The file again. Raises what the vault raises where its key is missing or wrong."""
    return _SEALED.open_bytes(export_id, sealed, keys)
