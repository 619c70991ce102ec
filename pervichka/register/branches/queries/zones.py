"""Which time it is where a branch is: its region's zone, as the territory pack says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

from pervichka.register.access.actor import Interval
from pervichka.register.branches.models import Branch, LevelOfTree
from pervichka.register.branches.packs import load_pack


@dataclass(frozen=True, kw_only=True)
class RegionInTime:
    """A regional branch, its part of the tree and its time zone, by its IANA name."""

    code: str
    interval: Interval
    zone: str


def regions_in_time() -> Sequence[RegionInTime]:
    """Every regional branch. One query; one that the pack does not know has the pack's zone."""
    known = _zones(settings.PACK)
    found = Branch.objects.filter(level=LevelOfTree.REGIONAL).order_by("place")
    return [
        RegionInTime(code=code, interval=Interval(place, end), zone=known.get(code, own_zone()))
        for code, place, end in found.values_list("code", "place", "place_end")
    ]


def own_zone() -> str:
    """The zone of what lies in no region."""
    return _own_zone(settings.PACK)


def zone_of(branch: Branch) -> ZoneInfo:
    """The branch's own time zone. One query."""
    return ZoneInfo(region_of(branch)[1])


def region_of(branch: Branch) -> tuple[str, str]:
    """The code of the region that the branch lies in, empty above all regions; and its zone."""
    above = Branch.objects.filter(
        level=LevelOfTree.REGIONAL, place__lte=branch.place, place_end__gte=branch.place
    )
    code = above.values_list("code", flat=True).first() or ""
    return code, _zones(settings.PACK).get(code, own_zone())


@cache
def _zones(pack: str) -> Mapping[str, str]:
    return {region.code: region.time_zone for region in load_pack(pack).regions}


@cache
def _own_zone(pack: str) -> str:
    return load_pack(pack).time_zone
