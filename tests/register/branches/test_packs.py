"""Territory packs: what any organisation can load, and what is refused and where."""

from pathlib import Path

import pytest

from pervichka.foundation.refusal import Refused
from pervichka.register.branches.packs import Region, Tile, load_pack

# A made-up union: one language, no districts, no sizes.
UNION_DOCUMENT = """\
code: lake-union
title: {en: Union of Lake Rowers}
languages: [en]
time_zone: Europe/London
root:
  code: LAKE
  name: {en: Union office}
levels:
  - code: federal
    label:
      en: {one: union, many: unions}
  - code: regional
    label:
      en: {one: shore, many: shores, heading: The shores}
  - {code: local, label: {en: {one: harbour, many: harbours}}}
  - {code: primary, label: {en: {one: crew, many: crews}}}
regions: shores.csv
"""
UNION_REGIONS = """\
code,name_en,full_name_en,label_en,time_zone,tile_row,tile_column,aliases
N,North,North shore,N,Europe/London,1,2,Northern shore; The cold side
E,East,East shore,E,Europe/London,2,3,
W,West,West shore,W,Europe/Dublin,2,1,
"""


def union_folder(
    folder: Path, document: str = UNION_DOCUMENT, regions: str = UNION_REGIONS
) -> Path:
    (folder / "pack.yaml").write_text(document, encoding="utf-8")
    (folder / "shores.csv").write_text(regions, encoding="utf-8")
    return folder


def test_another_organisation_loads_its_own(tmp_path: Path) -> None:
    union = load_pack(union_folder(tmp_path))
    assert union == load_pack(f"{tmp_path}/")
    assert union.title == {"en": "Union of Lake Rowers"}
    assert [level.code for level in union.levels] == ["federal", "regional", "local", "primary"]
    assert union.level("regional").label["en"].heading == "The shores"
    assert union.level("federal").label["en"].heading == "Unions"
    assert union.level("federal").label["en"].after(2, "en") == "unions"
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


def test_spellings_differ_only_where_it_means_something(tmp_path: Path) -> None:
    regions = UNION_REGIONS.replace("The cold side", "Озёрный — север")
    union = load_pack(union_folder(tmp_path, regions=regions))
    assert union.region_written("озерный-СЕВЕР") == union.region("N")
    assert union.region_written("озерный юг") is None


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
    ("code: regional", "code: federal", 12, "levels[2].code", "of line 9 already"),
    ("code: regional", "code: shore", 12, "levels[2].code", "federal, regional, local, primary"),
    ("code: local", "code: primary", 15, "levels[3].code", "primary can't stand here"),
    ("regions: shores.csv", "regions: ../shores.csv", 17, "regions", "not a file name in"),
    ("regions: shores.csv", "regions: s.csv\ndistricts: north", 18, "districts", "be a list"),
    ("regions: shores.csv", "regions: s.csv\ndistricts:\n- A", 19, "districts[1]", "of its own"),
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


def test_a_level_that_is_left_out_is_refused(tmp_path: Path) -> None:
    document = UNION_DOCUMENT.replace(
        "  - {code: primary, label: {en: {one: crew, many: crews}}}\n", ""
    )
    with pytest.raises(Refused, match=r"pack\.yaml:8:levels: .* federal, regional, local, primary"):
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
