"""Files of exports as they are stored: sealed into their export's row."""

from base64 import b64decode, b64encode
from uuid import UUID

from pervichka.foundation import vault

_SEALED = vault.Cell("people_export_file", "sealed")


def stored(export_id: UUID, content: bytes) -> bytes:
    """What is kept of a file. The vault seals text, hence the letters."""
    return _SEALED.seal(export_id, b64encode(content).decode())


def opened(export_id: UUID, sealed: bytes | memoryview) -> bytes:
    """The file again. Raises what the vault raises where its key is missing or wrong."""
    return b64decode(_SEALED.open(export_id, sealed))
