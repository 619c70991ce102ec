"""What stands in a letter's link and in its return address: whose letter it was, and a seal.

Nothing of it is stored. Case does not matter, since mail servers change it.
"""

import base64
import hmac
from uuid import UUID

from django.utils.crypto import salted_hmac

_SALT = "pervichka.work.messaging."
_MAC_BYTES = 9
LINK, RETURN = "link", "return"
"""What a token is good for: a link to leave opens by no return address."""


def token_of(delivery_id: UUID, use: str) -> str:
    """40 small letters and digits."""
    raw = delivery_id.bytes + _mac(delivery_id, use)
    return base64.b32encode(raw).decode().rstrip("=").lower()


def delivery_of(token: str, use: str) -> UUID | None:
    """Whose it is; none for what was not made here."""
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
        delivery_id = UUID(bytes=raw[:16])
    except ValueError:
        return None
    return delivery_id if hmac.compare_digest(raw[16:], _mac(delivery_id, use)) else None


def _mac(delivery_id: UUID, use: str) -> bytes:
    made = salted_hmac(_SALT + use, delivery_id.hex, algorithm="sha256")
    return made.digest()[:_MAC_BYTES]
