"""A blind index is the same for the same value of a kind under one key, and says nothing else."""

import pytest

from pervichka.foundation import vault
from pervichka.register.people.contact_values import email_address, phone_number


@pytest.mark.parametrize(
    "spelling",
    ["89000000001", "8 (900) 000-00-01", "+7 900 000 00 01", "7900-000-0001", "900 000-00-01"],
)
def test_however_a_number_is_written_it_is_found(spelling):
    number = phone_number(spelling)
    assert number
    assert vault.blind("phone", number) == vault.blind("phone", "+79000000001")


def test_however_an_address_is_written_it_is_found():
    address = email_address(" Anna@EXAMPLE.org ")
    assert address
    assert vault.blind("email", address) == vault.blind("email", "anna@example.org")


def test_another_number_another_kind_another_key_differ(key_file):
    first = vault.blind("phone", "+79000000001")
    assert vault.blind("phone", "+79000000002") != first
    assert vault.blind("email", "+79000000001") != first
    vault.add_key()
    assert vault.blind("phone", "+79000000001") != first
    key_file.write_text(f"1 {'11' * 32}\n")
    assert vault.blind("phone", "+79000000001") != first


def test_look_up_reaches_what_waits_for_rotation():
    before = vault.blind("phone", "+79000000001")
    vault.add_key()
    assert vault.blinds("phone", "+79000000001") == [
        vault.blind("phone", "+79000000001"),
        before,
    ]
