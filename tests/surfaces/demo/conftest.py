"""A made-up organisation of the least size: every region of the pack with four branches."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pervichka.register.branches.packs import load_pack
from pervichka.surfaces.demo import sizes
from pervichka.surfaces.demo.organisation import Organisation, make_organisation
from pervichka.surfaces.demo.sizes import Size

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("Europe/Moscow")
PRIMARIES = 350


def make(*, seed: int = 7, today: date = TODAY, size: Size = Size.SMALL) -> Organisation:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sizes, "_SMALL", PRIMARIES)
        return make_organisation(pack=load_pack("ru"), size=size, today=today, zone=ZONE, seed=seed)


@pytest.fixture(scope="session")
def made() -> Organisation:
    return make()
