"""What can go wrong with keys. No message holds a key or what was sealed."""


class VaultError(Exception):
    """The vault can't be used as it is; the message says what to do."""


class KeyMissing(VaultError):
    """There is no key, or not the one that something was sealed with."""


class KeysDamaged(VaultError):
    """The keys are there and can't be read."""


class Unopenable(VaultError):
    """Another key, another place, or changed bytes: authenticated encryption tells no more."""
