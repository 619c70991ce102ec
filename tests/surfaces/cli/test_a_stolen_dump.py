"""A dump of the database, without the keys: no phone number and no e-mail address is in it.

The dump is searched byte by byte for every seeded value, however it may be written. With sealing
switched off the same search finds all of them, so it does search.
"""

import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from pervichka.foundation import vault
from pervichka.foundation.postgres import connect_info, programs
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.actions import making
from pervichka.register.people.actions import add_contact_point, dial, record_consent
from pervichka.register.people.models import ContactPoint, Person
from pervichka.work.casework import actions
from tests.builders import casework
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.exports import an_export
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
PEOPLE = 300
APPEALED = (
    ["9161110001", "9161110002", "9161110003", "9161110004", "9161110005"],
    ["who.asks@example.org", "in.a.file@example.org"],
)
AGREED = 30


def list_of_people(folder: Path, branch: str) -> tuple[Path, list[str], list[str]]:
    """A list with some rows refused, some that are one person; its numbers and its addresses."""
    numbers = [f"9{row * 7_654_321 % 10**9:09}" for row in range(1, PEOPLE + 1)]
    spelled = ("+7{}", "8{}", "7{}", "8 {}")
    addresses = [f"Person.{row}@Example-{row % 7}.org" for row in range(PEOPLE)]
    lines = ["external_id,last_name,first_name,phone,email,branch,born_on"]
    for row, (number, address) in enumerate(zip(numbers, addresses, strict=True)):
        phone = spelled[row % 4].format(number)
        # Every tenth row names a branch that isn't there; every eleventh repeats an earlier person.
        home = "nowhere" if row % 10 == 9 else branch
        lines.append(f"x{row},Иванова{row},Анна,{phone},{address},{home},1980-01-01")
        if row % 11 == 5:
            lines.append(f",Иванова{row},Анна,{phone},{address},{branch},1980-01-01")
            lines.append(f",Другая{row},Анна,{phone},,{branch},1980-01-01")
    file = folder / "people.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file, numbers, addresses


def forms_of_number(number: str) -> Iterator[bytes]:
    """The ten digits stand in E.164, with 8, with 7 and without; the rest are broken up."""
    a, b, c, d = number[:3], number[3:6], number[6:8], number[8:]
    for text in (number, f"({a}) {b}-{c}-{d}", f"{a} {b} {c} {d}", f"{a}-{b}-{c}-{d}"):
        yield text.encode()
    # As bytea is written, and as text of two bytes a letter.
    yield number.encode().hex().encode()
    yield number.encode("utf-16-le")


def forms_of_address(address: str) -> Iterator[bytes]:
    for text in (address, address.lower(), quote(address.lower(), safe="")):
        yield text.encode()
    yield address.lower().encode().hex().encode()
    yield address.lower().encode("utf-16-le")


def dumped() -> bytes:
    """Everything that the role of backups reads, uncompressed, as it may be stolen."""
    where = connect_info("backup", str(connection.settings_dict["NAME"]))
    program, arguments, environment = programs.call("pg_dump", where)
    done = subprocess.run(
        [program, *arguments, "--format=plain", "--enable-row-security"],
        env=environment,
        capture_output=True,
        check=True,
    )
    return done.stdout


def found_in(dump: bytes, numbers: Iterable[str], addresses: Iterable[str]) -> set[str]:
    # Lower case both, since hexadecimal and addresses may be in either.
    dump = dump.lower()
    found = {one for one in numbers if any(form.lower() in dump for form in forms_of_number(one))}
    return found | {
        one for one in addresses if any(form.lower() in dump for form in forms_of_address(one))
    }


def fill(pervichka, folder: Path) -> tuple[list[str], list[str]]:
    """Every way in which a number comes in; the seeded numbers and addresses."""
    branch = a_primary_branch()
    file, numbers, addresses = list_of_people(folder, branch.code)
    assert pervichka("people", "import", file).code == 0
    assert pervichka("people", "import", file, "--commit").code == 0
    person = Person.objects.order_by("id").first()
    for kind, value in (("phone", "+79991112233"), ("email", "by.hand@example.org")):
        point = add_contact_point(person=person, kind=kind, value=value, by=OPERATOR, at=AT)
        dial(contact_id=point.id, by=OPERATOR, at=AT)
    take_along(branch)
    session = Client().session
    session.update({"code_for": "+79995556677", "address": "typed@example.org"})
    session.save()
    appeal(person.branch)
    numbers += ["9991112233", "9995556677", *APPEALED[0]]
    addresses += ["by.hand@example.org", "typed@example.org", *APPEALED[1]]
    return numbers, addresses


def appeal(branch: Branch) -> None:
    """Contacts of whoever asks, in every place where one may stand; and who booked a visit."""
    phone, in_words, in_letter, in_note, booked = APPEALED[0]
    email, in_file = APPEALED[1]
    what = casework.given(phone=f"+7{phone}", email=email, words=f"Звоните: {in_words}")
    there = casework.taken_down(branch=branch, what=what, at=AT)
    words = {"by": OPERATOR, "at": AT}
    actions.send_letter(appeal=there, authority="X", text=in_letter, **words)
    actions.add_note(appeal=there, text=in_note, **words)
    actions.add_file(appeal=there, content=b"%PDF-1.4 " + in_file.encode(), **words)
    casework.a_visit(branch=branch, begins_at=AT + timedelta(days=1), at=AT, phone=f"+7{booked}")


def take_along(branch: Branch) -> None:
    """Those who agreed to be reached stand in files, with their numbers and addresses."""
    for person in Person.objects.order_by("id")[:AGREED]:
        record_consent(person=person, text_code="default", on=AT.date(), by=OPERATOR, at=AT)
    user = a_user_with_post(branch=branch)
    for purpose in ("calls", "letters"):
        an_export(user=user, branch=branch, purpose=purpose, at=AT)


def in_files(dump: bytes) -> bytes:
    """Of a dump the rows of the table of files."""
    found = dump.split(b"COPY public.people_export_file ")[1]
    return found.split(b"\n\\.\n")[0]


def test_a_dump_holds_no_number_and_no_address(pervichka, tmp_path):
    numbers, addresses = fill(pervichka, tmp_path)
    assert ContactPoint.objects.count() > PEOPLE
    dump = dumped()
    assert in_files(dump).count(b"\n") == 2
    assert found_in(dump, numbers, addresses) == set()


def test_files_of_exports_in_clear_are_found(pervichka, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "stored", lambda _id, content: bytes((1,)) + content)
    numbers, addresses = fill(pervichka, tmp_path)
    found = found_in(in_files(dumped()), numbers, addresses)
    # Some share a number, and are one number in it.
    assert len(found & {*numbers}) > AGREED / 2
    assert len(found & {*addresses}) > AGREED / 2


def test_unsealed_the_same_search_finds_them(pervichka, tmp_path, monkeypatch):
    def in_clear(_cell: vault.Cell, _row: object, text: str, _keys: object = None) -> bytes:
        return bytes((1,)) + text.encode()

    def as_it_is(_cell: vault.Cell, _row: object, sealed: bytes, _keys: object = None) -> str:
        return bytes(sealed)[1:].decode()

    def bytes_in_clear(_cell: object, _row: object, content: bytes, _keys: object = None) -> bytes:
        return bytes((1,)) + content

    monkeypatch.setattr(vault.Cell, "seal", in_clear)
    monkeypatch.setattr(vault.Cell, "seal_bytes", bytes_in_clear)
    monkeypatch.setattr(vault.Cell, "open", as_it_is)
    numbers, addresses = fill(pervichka, tmp_path)
    found = found_in(dumped(), numbers, addresses)
    # Rows that were refused never came in.
    rows = [row for row in range(9, PEOPLE, 10) if row % 11 != 5]
    refused = {*(numbers[row] for row in rows), *(addresses[row] for row in rows)}
    assert {*numbers, *addresses} - found <= refused
    assert {"9995556677", "typed@example.org", *APPEALED[0], *APPEALED[1]} <= found
