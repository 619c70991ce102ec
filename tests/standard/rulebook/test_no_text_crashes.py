"""Whatever a file holds, it is read or refused; nothing else happens."""

import contextlib
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pervichka.foundation.refusal import Refused
from pervichka.standard.rulebook import lexicon
from pervichka.standard.rulebook.catalogue import FUNCTIONS, TABLES
from pervichka.standard.rulebook.document import Standard
from pervichka.standard.rulebook.expressions import Node, children
from pervichka.standard.rulebook.parser import parse, parse_file
from pervichka.standard.rulebook.where import parse_where
from tests.standard.rulebook.documents import RIGHT

PIECES = st.sampled_from(
    [
        *"\n\t :-[]{},&*!|>'\"%@`#?~$()=<>+;./\\\u2028\x00\ud800\ufeff٣",
        "\n  ", "\n    - ", ": ", "--- ", "...", "<<: ", "? ", "!!python/object ", "&a ", "*a ",
        "0x", "1e999", ".nan", ".inf", "-0", "null", "no", "{gap}", "{0}", "{a.b}", "\\ud800",
        "count", "facts", "where", "measure", "share_of", "having", "period", "10 days",
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        *FUNCTIONS, *TABLES["facts"], "and", "or", "not", "in", "between", "is", "null", "true",
        "date", "interval", "'12 months'", "'2026-01-31'", "'meeting.held'", "period_end", "1",
        "0.5", "=", "<>", "<", "+", "-", "*", "(", ")", ",", "select", "case", "::", ";", "'", "{",
        "when", "distinct", "all", "array", "extract", "values", "row", "as", "from", "over",
    ]
)  # fmt: skip


@given(st.text())
def test_any_text(text: str) -> None:
    with contextlib.suppress(Refused):
        parse(text, file="x.yaml")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_right_document_with_a_piece_put_in(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(RIGHT)))
    end = data.draw(st.integers(start, min(len(RIGHT), start + 30)))
    piece = "".join(data.draw(st.lists(PIECES, max_size=4)))
    try:
        standard = parse(RIGHT[:start] + piece + RIGHT[end:], file="x.yaml")
    except Refused as refusal:
        told = [str(reason) for reason in refusal.reasons]
    else:
        assert_sound(standard)
        return
    assert told


def assert_sound(standard: Standard) -> None:
    """What the engine counts on."""
    ids = [i.id for i in standard.indicators] + [c.id for c in standard.criteria]
    assert len(set(ids)) == len(ids)
    assert standard.criteria
    for criterion, indicator in standard.pairs():
        assert criterion.weight > 0
        assert indicator.weight > 0
        assert indicator.levels
        assert indicator.target != indicator.floor
        assert math.isfinite(indicator.target)
        assert math.isfinite(indicator.floor)
    bounds = [grade.bound for grade in standard.grades]
    assert bounds == sorted(bounds, reverse=True)


SIMPLE = st.sampled_from(
    ["value = 1", "value + 1 > 2 * value", "person is null", "kind in ('meeting.held')", "true"]
)
CONDITIONS = st.recursive(
    SIMPLE | st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from(["and", "or", "="]), inner)
        | st.builds("({})".format, inner)
        | st.builds("not {}".format, inner)
        | st.builds("{} is not null".format, inner)
    ),
    max_leaves=5,
)


def operands(node: Node) -> int:
    below = children(node)
    return sum(operands(child) for child in below) if below else 1


@settings(max_examples=500, deadline=None)
@given(CONDITIONS)
def test_no_word_of_a_condition_is_lost(text: str) -> None:
    """The SQL parser overlooks some words; then a condition would not mean what it says."""
    try:
        node = parse_where(text, table="facts")
    except Refused:
        return
    named = set(TABLES["facts"]) | {"period_end", "true", "false"}
    tokens, _ = lexicon.cut(text)
    written = [token for token in tokens if token.kind in {"number", "text"} or token.text in named]
    assert operands(node) == len(written)


@settings(max_examples=500, deadline=None)
@given(st.lists(WORDS, max_size=20).map(" ".join) | st.text(max_size=40))
def test_any_condition(text: str) -> None:
    with contextlib.suppress(Refused):
        parse_where(text, table="facts")


@pytest.mark.parametrize(
    ("raw", "piece"),
    [
        (b"", "empty"),
        (b"# nothing\n", "empty"),
        ("standard: a\ntitle: {ru: Стандарт}\n".encode("cp1251"), ":2: the file is not UTF-8"),
        (b"a: b\n" * 300_000, "larger than"),
        (b"a: " + b"x" * 300_000, "characters"),
        (b"[" * 5000, "nests deeper"),
        (b"- " * 5000, "nests deeper"),
        (b"{a: " * 5000, "nests deeper"),
        (b"just text", "must be a mapping"),
        (b"- a\n- b\n", "must be a mapping"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors"),
        (b"\x00", "can't be read as YAML"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_hostile_files(tmp_path: Path, raw: bytes, piece: str) -> None:
    path = tmp_path / "standard.yaml"
    path.write_bytes(raw)
    with pytest.raises(Refused, match=r"standard\.yaml") as refused:
        parse_file(path)
    assert piece in str(refused.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No such file"):
        parse_file(tmp_path / "none.yaml")
