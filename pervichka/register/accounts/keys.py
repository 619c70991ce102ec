"""The keys of sign-in, each for one purpose, and what is hashed and sealed with them.

The keys never lie in the database. Where they come from is said in `_key` alone.
"""

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pervichka.foundation.home import secret

_NONCE_BYTES = 12
_SEALED = "sealed1:"


def _key(purpose: str) -> bytes:
    """32 bytes for one purpose, derived from this installation's secret."""
    return hmac.digest(secret("sign-in"), purpose.encode(), "sha256")


def keyed_hash(purpose: str, text: str) -> str:
    """64 hexadecimal digits, of no use without the key; equal for equal texts of one purpose."""
    return hmac.digest(_key(purpose), text.encode(), "sha256").hex()


def seal(purpose: str, text: str) -> str:
    """The text encrypted and authenticated (AES-256-GCM) for one purpose."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    body = AESGCM(_key(purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return _SEALED + base64.urlsafe_b64encode(nonce + body).decode()


def unseal(purpose: str, sealed: str) -> str:
    """The text again. Raises `ValueError` for what was never sealed, `InvalidTag` if altered."""
    if not sealed.startswith(_SEALED):
        raise ValueError("this was not sealed")
    raw = base64.urlsafe_b64decode(sealed.removeprefix(_SEALED))
    nonce, body = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
    return AESGCM(_key(purpose)).decrypt(nonce, body, purpose.encode()).decode()
