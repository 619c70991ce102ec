"""What leads to a person is kept sealed, under keys that lie outside the database.

    PHONE = vault.Cell("contact_point", "sealed")
    PHONE.seal(row.id, "+79000000001")     bytes to store; they open in that row and column alone
    PHONE.open(row.id, sealed)             the text again, or Unopenable
    vault.blind("phone", "+79000000001")   what equal values are found by; says nothing of them
    vault.blinds("phone", "+79000000001")  the same under every key there is, to look up by

Plain code: no Django, no database.
"""

from pervichka.foundation.vault.cells import Cell, is_current, version_of
from pervichka.foundation.vault.errors import KeyMissing, KeysDamaged, Unopenable, VaultError
from pervichka.foundation.vault.keys import add_key, ensure_key, key_file, keys_in_environment
from pervichka.foundation.vault.ring import Ring, blind, blinds, ring

__all__ = [
    "Cell",
    "KeyMissing",
    "KeysDamaged",
    "Ring",
    "Unopenable",
    "VaultError",
    "add_key",
    "blind",
    "blinds",
    "ensure_key",
    "is_current",
    "key_file",
    "keys_in_environment",
    "ring",
    "version_of",
]
