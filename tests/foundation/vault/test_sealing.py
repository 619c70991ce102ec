"""Sealed text opens in its own row, column and table, under its own key, unchanged; else not."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pervichka.foundation import vault

PHONE = "+79000000001"
ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
CELL = vault.Cell("contact_point", "sealed")


def test_it_opens_where_it_was_sealed():
    sealed = CELL.seal(ROW, PHONE)
    assert CELL.open(ROW, sealed) == PHONE
    assert CELL.open(ROW, memoryview(sealed)) == PHONE
    assert PHONE.encode() not in sealed


def test_the_same_text_never_looks_the_same():
    assert CELL.seal(ROW, PHONE) != CELL.seal(ROW, PHONE)


def test_not_in_another_row_column_or_table():
    sealed = CELL.seal(ROW, PHONE)
    elsewhere = [
        (CELL, OTHER_ROW),
        (vault.Cell("contact_point", "other"), ROW),
        (vault.Cell("session", "sealed"), ROW),
        # The same bytes in a row, split between the names in another way.
        (vault.Cell("contact_point_sealed", ""), ROW),
    ]
    for cell, row in elsewhere:
        with pytest.raises(vault.Unopenable):
            cell.open(row, sealed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), which=st.integers(min_value=0), bit=st.integers(0, 7))
def test_not_with_any_bit_flipped(text: str, which: int, bit: int):
    sealed = bytearray(CELL.seal(ROW, text))
    sealed[which % len(sealed)] ^= 1 << bit
    # A flipped bit of the version asks for a key that isn't there.
    with pytest.raises((vault.Unopenable, vault.KeyMissing)):
        CELL.open(ROW, bytes(sealed))


@pytest.mark.parametrize("cut", [0, 1, 12, 28, 40])
def test_not_cut_short(cut: int):
    with pytest.raises(vault.Unopenable):
        CELL.open(ROW, CELL.seal(ROW, PHONE)[:cut])


def test_what_is_said_holds_neither_text_nor_key(key_file):
    sealed = CELL.seal(ROW, PHONE)
    key = key_file.read_text().split()[1]
    with pytest.raises(vault.Unopenable) as told:
        CELL.open(OTHER_ROW, sealed)
    assert PHONE not in str(told.value)
    assert key not in str(told.value) + repr(vault.ring())
