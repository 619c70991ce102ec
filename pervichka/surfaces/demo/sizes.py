"""How much of the pack is made up: all regions in miniature, or one of them in full."""

from collections.abc import Sequence
from enum import StrEnum

from pervichka.register.branches.packs import Pack, Region

_SMALL = 1_000
_LEAST_IN_A_REGION = 4
_REGION_FROM, _REGION_TO = 1_400, 1_700
_PRECINCTS_IF_UNSAID = 500


class Size(StrEnum):
    SMALL = "small"
    REGION = "region"


def primaries(pack: Pack, size: Size) -> Sequence[tuple[Region, int]]:
    """The regions, and how many primary branches each of them gets."""
    real = [(region, region.precincts or _PRECINCTS_IF_UNSAID) for region in pack.regions]
    if size is Size.REGION:
        largest = max(real, key=lambda pair: pair[1])
        fit = (pair for pair in real if _REGION_FROM <= pair[1] <= _REGION_TO)
        return [next(fit, largest)]
    total = sum(count for _, count in real)
    return [
        (region, max(_LEAST_IN_A_REGION, round(_SMALL * count / total))) for region, count in real
    ]


def locals_of(region: Region, primary: int, size: Size) -> int:
    """How many local branches stand between."""
    if size is Size.REGION:
        return max(2, min(region.territories or primary // 25, primary // 5))
    return max(2, min(5, round(primary / 4)))
