"""Secrets of second factors as they are stored: sealed in the vault, as text inside their row.

The library seals before it has a row, so a value is bound to its table and column alone.
"""

import base64
from collections.abc import Mapping
from typing import Any

from pervichka.foundation import vault
from pervichka.register.accounts.keys import unseal

_CELL = vault.Cell("mfa_authenticator", "data")
_ROW = b"secret"
_SEALED = "vault:"
# What was sealed before there was a vault for it.
_BEFORE = "second-factor"
_SECRETS = ("secret", "seed")


def sealed(text: str, keys: vault.Ring | None = None) -> str:
    return _SEALED + base64.urlsafe_b64encode(_CELL.seal(_ROW, text, keys)).decode()


def opened(stored: str, keys: vault.Ring | None = None) -> str:
    """The secret. Raises what the vault raises; `ValueError` for what was never sealed."""
    if stored.startswith(_SEALED):
        return _CELL.open(_ROW, _bytes(stored), keys)
    return unseal(_BEFORE, stored)


def version_of(data: Mapping[str, Any]) -> int | None:
    """Under which version of the keys a row's secret lies: 0 if outside the vault yet.

    None where a row has no secret, as a passkey's.
    """
    held = next((data[name] for name in _SECRETS if name in data), None)
    if held is None:
        return None
    return vault.version_of(_bytes(held)) if held.startswith(_SEALED) else 0


def sealed_anew(data: Mapping[str, Any], keys: vault.Ring | None = None) -> dict[str, Any]:
    """The same row with its secret under the current key."""
    anew = {name: sealed(opened(data[name], keys), keys) for name in _SECRETS if name in data}
    return {**data, **anew}


def _bytes(stored: str) -> bytes:
    return base64.urlsafe_b64decode(stored.removeprefix(_SEALED))
