"""The pack that ships: its regions, names, sizes and levels, and the grid they are drawn on."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from pervichka.register.branches.packs import Pack, Region, Tile, load_pack, shipped_packs

ISO_3166_2 = """
    AD AL ALT AMU ARK AST BA BEL BRY BU CE CHE CHU CU DA IN IRK IVA KAM KB KC KDA KEM KGD KGN KHA
    KHM KIR KK KL KLU KO KOS KR KRS KYA LEN LIP MAG ME MO MOS MOW MUR NEN NGR NIZ NVS OMS ORE ORL
    PER PNZ PRI PSK ROS RYA SA SAK SAM SAR SE SMO SPE STA SVE TA TAM TOM TUL TVE TY TYU UD ULY VGG
    VLA VLG VOR YAN YAR YEV ZAB
"""
CODES = ISO_3166_2.split()

# Some that border each other, all over the country.
NEIGHBOURS = """
    SPE-LEN MOW-MOS MUR-KR NEN-KO YAN-KHM KHM-SVE SVE-BA BA-TA TA-UD PER-SVE KIR-UD NIZ-ME PNZ-MO
    SAM-ULY SAM-ORE VOR-LIP BEL-KRS SMO-BRY TUL-MOS ROS-KDA KDA-AD VGG-AST STA-CE CE-DA SE-IN CE-IN
    OMS-NVS NVS-ALT ALT-AL AL-TY KYA-IRK IRK-BU BU-ZAB ZAB-AMU AMU-YEV YEV-KHA KHA-PRI KHA-SAK
    MAG-KAM KAM-CHU SA-MAG IRK-SA KGN-TYU CHE-KGN
"""

# Lies apart from the rest of its district, on the map as on the grid.
APART = {"RU-KGD"}


@pytest.fixture(scope="module")
def ru() -> Pack:
    return load_pack("ru")


def touch(one: Region, other: Region) -> bool:
    """Whether the two tiles share a side or a corner."""
    rows = abs(one.tile.row - other.tile.row)
    return max(rows, abs(one.tile.column - other.tile.column)) == 1


def share_a_side(one: Region, other: Region) -> bool:
    rows = abs(one.tile.row - other.tile.row)
    return rows + abs(one.tile.column - other.tile.column) == 1


def test_ru_has_the_83_codes_of_iso_3166_2(ru: Pack) -> None:
    assert shipped_packs() == ("ru",)
    assert [region.code for region in ru.regions] == [f"RU-{code}" for code in CODES]
    assert len(CODES) == 83


def test_ru_has_the_eight_districts_with_their_regions(ru: Pack) -> None:
    assert Counter(region.district for region in ru.regions) == {
        "central": 18,
        "northwestern": 11,
        "southern": 6,
        "north-caucasian": 7,
        "volga": 14,
        "ural": 6,
        "siberian": 10,
        "far-eastern": 11,
    }
    assert ru.district("volga").name == {"ru": "Приволжский", "en": "Volga"}
    assert {region.code for region in ru.regions_of("ural")} == {
        "RU-SVE",
        "RU-CHE",
        "RU-KGN",
        "RU-TYU",
        "RU-KHM",
        "RU-YAN",
    }


@pytest.mark.parametrize(
    ("code", "name_ru", "full_name_ru", "name_en", "label_ru"),
    [
        ("RU-AD", "Адыгея", "Республика Адыгея", "Adygea", "АДЫ"),
        ("RU-BA", "Башкортостан", "Республика Башкортостан", "Bashkortostan", "БАШ"),
        ("RU-MOS", "Московская область", "Московская область", "Moscow Oblast", "МОС"),
        ("RU-MOW", "Москва", "город Москва", "Moscow", "МСК"),
        ("RU-SPE", "Санкт-Петербург", "город Санкт-Петербург", "Saint Petersburg", "СПБ"),
        (
            "RU-KHM",
            "Ханты-Мансийский АО — Югра",
            "Ханты-Мансийский автономный округ — Югра",
            "Khanty-Mansi AO",
            "ХМАО",
        ),
    ],
)
def test_ru_names_regions_as_people_do(
    ru: Pack, code: str, name_ru: str, full_name_ru: str, name_en: str, label_ru: str
) -> None:
    region = ru.region(code)
    assert region.name == {"ru": name_ru, "en": name_en}
    assert region.full_name["ru"] == full_name_ru
    assert region.label["ru"] == label_ru


def test_ru_names_are_in_the_letters_of_their_language(ru: Pack) -> None:
    for region in ru.regions:
        texts = (region.name, region.full_name, region.label)
        assert not any(
            letter.isascii() for text in texts for letter in text["ru"] if letter.isalpha()
        )
        assert all(letter.isascii() for text in texts for letter in text["en"] if letter.isalpha())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("RU-TA", "RU-TA"),
        ("татарстан", "RU-TA"),
        ("Республика Татарстан (Татарстан)", "RU-TA"),
        ("Кемеровская область - Кузбасс", "RU-KEM"),
        ("  КУЗБАСС ", "RU-KEM"),
        ("Югра", "RU-KHM"),
        ("г. Москва", "RU-MOW"),
        ("Altayskiy kray", "RU-ALT"),
        ("кабардино балкария", "RU-KB"),
        ("Алтай", None),
    ],
)
def test_a_region_is_found_however_it_is_written(ru: Pack, written: str, code: str | None) -> None:
    region = ru.region_written(written)
    assert (region and region.code) == code


def test_ru_sizes_make_a_nation(ru: Pack) -> None:
    assert sum(region.precincts or 0 for region in ru.regions) == 90_298
    assert all(region.territories and region.precincts and region.voters for region in ru.regions)
    for region in ru.regions:
        assert (region.territories or 0) < (region.precincts or 0) < (region.voters or 0)


def test_ru_time_zones_run_from_kaliningrad_to_anadyr(ru: Pack) -> None:
    assert ru.time_zone == "Europe/Moscow"
    assert ru.region("RU-KGD").time_zone == "Europe/Kaliningrad"
    assert ru.region("RU-SVE").time_zone == "Asia/Yekaterinburg"
    assert ru.region("RU-CHU").time_zone == "Asia/Anadyr"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "первичных отделений"),
        (1, "первичное отделение"),
        (3, "первичных отделения"),
        (11, "первичных отделений"),
        (12, "первичных отделений"),
        (21, "первичное отделение"),
        (704, "первичных отделения"),
        (90_298, "первичных отделений"),
    ],
)
def test_ru_levels_follow_a_number(ru: Pack, number: int, words: str) -> None:
    assert ru.level("primary").label["ru"].after(number, "ru") == words


def test_ru_levels_are_four_from_the_root_down(ru: Pack) -> None:
    levels = [(level.code, level.depth) for level in ru.levels]
    assert levels == [("federal", 0), ("regional", 1), ("local", 2), ("primary", 3)]
    assert (ru.root_code, ru.root_name["ru"]) == ("RU", "Центральный исполком")
    assert ru.level("local").label["en"].after(21, "en") == "local branches"


# --- the grid ------------------------------------------------------------------------------------


def test_the_grid_fits_a_page(ru: Pack) -> None:
    assert len({region.tile for region in ru.regions}) == 83
    assert ru.grid == Tile(row=11, column=18)


def test_each_district_is_one_piece_of_the_grid(ru: Pack) -> None:
    for district in ru.districts:
        rest = [region for region in ru.regions_of(district.code) if region.code not in APART]
        piece = [rest.pop()]
        for region in piece:
            piece += [other for other in rest if share_a_side(region, other)]
            rest = [other for other in rest if other not in piece]
        assert not rest, f"{district.code}: {[region.code for region in rest]}"


def test_what_lies_apart_touches_nothing(ru: Pack) -> None:
    for code in APART:
        assert not [other.code for other in ru.regions if touch(ru.region(code), other)]


@pytest.mark.parametrize(
    "pair",
    NEIGHBOURS.split(),
)
def test_neighbours_touch(ru: Pack, pair: str) -> None:
    one, other = (ru.region(f"RU-{code}") for code in pair.split("-"))
    assert touch(one, other)


@pytest.mark.skipif(
    "PERVICHKA_REAL_DATA" not in os.environ, reason="PERVICHKA_REAL_DATA names no folder of lists"
)
def test_ru_agrees_with_the_real_list(ru: Pack) -> None:
    path = Path(os.environ["PERVICHKA_REAL_DATA"], "regions.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(ru.regions)
    for row in rows:
        region = ru.region(row["code"])
        assert ru.region_written(row["name_ru"]) == region
        assert region.district is not None
        assert ru.district(region.district).name["ru"] == row["federal_district"]
        sizes = (region.territories, region.precincts, region.voters)
        columns = ("territorial_commissions", "precincts", "registered_voters")
        assert sizes == tuple(int(row[f"{column}_2024"]) for column in columns)
