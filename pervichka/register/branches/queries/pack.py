"""The territory pack that this installation is set to."""

from functools import cache

from django.conf import settings

from pervichka.register.branches.packs import Pack, load_pack


def current_pack() -> Pack:
    """The pack that the setting names: one that ships, or a folder. Raises `Refused`."""
    return _loaded(settings.PACK)


@cache
def _loaded(name: str) -> Pack:
    return load_pack(name)
