"""The territory pack that this installation is set to."""

from functools import cache

from django.conf import settings

from pervichka.register.branches.packs import Pack, load_pack


@cache
def current_pack() -> Pack:
    """The pack that the setting names: one that ships, or a folder. Raises `Refused`."""
    return load_pack(settings.PACK)
