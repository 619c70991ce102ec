"""Territory packs: what ships, what any organisation can load, and what is refused and where."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from pervichka.foundation.refusal import Refused
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

# A made-up union: one language, two levels, no districts, no sizes.
UNION_DOCUMENT = """\
code: lake-union
title: {en: Union of Lake Rowers}
languages: [en]
time_zone: Europe/London
root:
  code: LAKE
  name: {en: Union office}
levels:
  - code: union
    label:
      en: {one: union, many: unions}
  - code: shore
    label:
      en: {one: shore, many: shores, heading: The shores}
regions: shores.csv
"""
UNION_REGIONS = """\
code,name_en,full_name_en,label_en,time_zone,tile_row,tile_column,aliases
N,North,North shore,N,Europe/London,1,2,Northern shore; The cold side
E,East,East shore,E,Europe/London,2,3,
W,West,West shore,W,Europe/Dublin,2,1,
"""


@pytest.fixture(scope="module")
def ru() -> Pack:
    return load_pack("ru")


def union_folder(
    folder: Path, document: str = UNION_DOCUMENT, regions: str = UNION_REGIONS
) -> Path:
    (folder / "pack.yaml").write_text(document, encoding="utf-8")
    (folder / "shores.csv").write_text(regions, encoding="utf-8")
    return folder


def touch(one: Region, other: Region) -> bool:
    """Whether the two tiles share a side or a corner."""
    rows = abs(one.tile.row - other.tile.row)
    return max(rows, abs(one.tile.column - other.tile.column)) == 1


def share_a_side(one: Region, other: Region) -> bool:
    rows = abs(one.tile.row - other.tile.row)
    return rows + abs(one.tile.column - other.tile.column) == 1


# --- the pack that ships -------------------------------------------------------------------------


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


# --- any other pack ------------------------------------------------------------------------------


def test_another_organisation_loads_its_own(tmp_path: Path) -> None:
    union = load_pack(union_folder(tmp_path))
    assert union == load_pack(f"{tmp_path}/")
    assert union.title == {"en": "Union of Lake Rowers"}
    assert [level.code for level in union.levels] == ["union", "shore"]
    assert union.level("shore").label["en"].heading == "The shores"
    assert union.level("union").label["en"].heading == "Unions"
    assert union.level("union").label["en"].after(2, "en") == "unions"
    assert union.districts == ()
    assert union.region("N") == Region(
        code="N",
        name={"en": "North"},
        full_name={"en": "North shore"},
        label={"en": "N"},
        district=None,
        time_zone="Europe/London",
        tile=Tile(row=1, column=2),
        aliases=("Northern shore", "The cold side"),
    )
    assert union.grid == Tile(row=2, column=3)


def test_a_table_saved_by_a_spreadsheet_loads(tmp_path: Path) -> None:
    regions = "\ufeff" + UNION_REGIONS.replace("\n", "\r\n") + "\r\n"
    assert len(load_pack(union_folder(tmp_path, regions=regions)).regions) == 3


def test_an_unknown_name_is_refused_with_those_that_ship() -> None:
    with pytest.raises(Refused, match="no territory pack xx; give one of ru, or a folder"):
        load_pack("xx")


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"pack\.yaml: The file cannot be read"):
        load_pack(tmp_path)
    (tmp_path / "pack.yaml").write_text(UNION_DOCUMENT, encoding="utf-8")
    with pytest.raises(Refused, match=r"shores\.csv: The file cannot be read"):
        load_pack(tmp_path)


DOCUMENT_MISTAKES = [
    ("code: lake-union", "code: Lake Union", 1, "code", "Lake Union is not a code"),
    ("code: lake-union\n", "", 1, "code", "missing"),
    ("code: lake-union", "code: a\ncode: b", 2, None, "duplicate key"),
    ("code: lake-union", "kode: lake-union", 1, "kode", "allowed ones: code, title, languages"),
    ("code: lake-union", "code: 7", 1, "code", "must be text"),
    ("code: lake-union", "code: [", 3, None, "not YAML"),
    ("{en: Union of Lake Rowers}", "Union", 2, "title", "fields of its own"),
    ("{en: Union of Lake Rowers}", "{de: Union}", 2, "title.de", "allowed ones: en"),
    ("{en: Union of Lake Rowers}", "{}", 2, "title.en", "missing"),
    ("languages: [en]", "languages: []", 3, "languages", "at least one"),
    ("languages: [en]", "languages: [en, en]", 3, "languages", "twice"),
    ("languages: [en]", "languages: [English]", 3, "languages", "English is not a code"),
    ("time_zone: Europe/London", "time_zone: GMT+25", 4, "time_zone", "not an IANA time zone"),
    ("root:\n  code: LAKE", "root:\n  kind: LAKE", 6, "root.kind", "allowed ones: code, name"),
    ("many: unions", "few: unions", 11, "levels[1].label.en.many", "missing"),
    ("code: shore", "code: union", 12, "levels[2].code", "of line 9 already"),
    ("regions: shores.csv", "regions: ../shores.csv", 15, "regions", "not a file name in"),
    ("regions: shores.csv", "regions: s.csv\ndistricts: north", 16, "districts", "be a list"),
    ("regions: shores.csv", "regions: s.csv\ndistricts:\n- A", 17, "districts[1]", "of its own"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "says"), DOCUMENT_MISTAKES)
def test_a_wrong_document_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, line: int, field: str | None, says: str
) -> None:
    assert UNION_DOCUMENT.count(old) == 1
    folder = union_folder(tmp_path, document=UNION_DOCUMENT.replace(old, new))
    with pytest.raises(Refused) as refused:
        load_pack(folder)
    places = [(r.file, r.line, r.column) for r in refused.value.reasons if says in str(r)]
    assert places == [(str(tmp_path / "pack.yaml"), line, field)], str(refused.value)


def test_one_level_is_too_few(tmp_path: Path) -> None:
    head, _, tail = UNION_DOCUMENT.partition("  - code: shore")
    document = head + tail[tail.index("regions:") :]
    with pytest.raises(Refused, match=r"pack\.yaml:8:levels: A pack has at least two levels"):
        load_pack(union_folder(tmp_path, document=document))


EAST = "E,East,East shore,E,Europe/London,2,3,"
TABLE_MISTAKES = [
    ("full_name_en,", "fullname,", 1, None, "column full_name_en is missing"),
    ("full_name_en,", "fullname,", 1, "fullname", "the allowed ones: code, time_zone"),
    ("tile_column,aliases", "tile_column,code", 1, "code", "there twice"),
    (EAST, "E,East,East shore,E,Europe/London,2", 3, None, "has 6 fields; the header has 8"),
    (EAST, "E,,East shore,E,Europe/London,2,3,", 3, "name_en", "empty"),
    (EAST, "N,East,East shore,E,Europe/London,2,3,", 3, "code", "same value as in line 2"),
    (EAST, "LAKE,East,East shore,E,Europe/London,2,3,", 3, "code", "code of the root"),
    (EAST, "E,East,East shore,N,Europe/London,2,3,", 3, "label_en", "same value as in line 2"),
    (EAST, "E,East,East shore,EASTS,Europe/London,2,3,", 3, "label_en", "at most 4 letters"),
    (EAST, "E,East,East shore,E,London,2,3,", 3, "time_zone", "London is not an IANA"),
    (EAST, "E,East,East shore,E,Europe/London,0,3,", 3, "tile_row", "whole number, 1 or more"),
    (EAST, "E,East,East shore,E,Europe/London,2,x,", 3, "tile_column", "whole number, 1 or more"),
    (EAST, "E,East,East shore,E,Europe/London,,3,", 3, "tile_row", "empty"),
    (EAST, "E,East,East shore,E,Europe/London,1,2,", 3, "tile_row, tile_column", "in line 2"),
    (EAST, "E,East,North,E,Europe/London,2,3,", 3, "name, aliases", "means the region of line 2"),
    (EAST, 'E,"Ea"st,East shore,E,Europe/London,2,3,', None, None, "not CSV"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "says"), TABLE_MISTAKES)
def test_a_wrong_table_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, line: int | None, field: str | None, says: str
) -> None:
    assert UNION_REGIONS.count(old) == 1
    folder = union_folder(tmp_path, regions=UNION_REGIONS.replace(old, new))
    with pytest.raises(Refused) as refused:
        load_pack(folder)
    places = [(r.file, r.line, r.column) for r in refused.value.reasons if says in str(r)]
    assert places == [(str(tmp_path / "shores.csv"), line, field)], str(refused.value)


def test_districts_and_sizes_of_a_table_are_checked(tmp_path: Path) -> None:
    document = UNION_DOCUMENT + "districts:\n  - {code: wet, name: {en: Wet}}\n"
    header = UNION_REGIONS.splitlines()[0]
    regions = (
        f"{header},district,voters\n"
        "N,North,North shore,N,Europe/London,1,2,,wet,12\n"
        "E,East,East shore,E,Europe/London,2,3,,dry,1.5\n"
        "W,West,West shore,W,Europe/London,2,1,,,\n"
    )
    with pytest.raises(Refused) as refused:
        load_pack(union_folder(tmp_path, document, regions))
    places = [(reason.line, reason.column) for reason in refused.value.reasons]
    assert places == [(3, "district"), (3, "voters"), (4, "district")]
    assert "Unknown district dry; the allowed ones: wet." in str(refused.value)
    assert "1.5 is not allowed; write a whole number, 0 or more." in str(refused.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    regions = UNION_REGIONS.replace("Europe/London", "London")
    with pytest.raises(Refused) as refused:
        load_pack(union_folder(tmp_path, regions=regions))
    assert [reason.line for reason in refused.value.reasons] == [2, 3]


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    header = UNION_REGIONS.splitlines()[0]
    with pytest.raises(Refused, match="no region in the table"):
        load_pack(union_folder(tmp_path, regions=f"{header}\n"))
