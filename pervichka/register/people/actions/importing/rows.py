"""Rows of a list of people into values, each refused with its reasons or taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from pervichka.foundation.refusal import Reason
from pervichka.foundation.tabular import Check, LooseTable, Row
from pervichka.register.people.actions.importing.columns import NAMES
from pervichka.register.people.contact_values import email_address, phone_number
from pervichka.register.people.models import AffiliationKind
from pervichka.register.people.names import alike_keys, name_key
from pervichka.register.texts.queries import latest_texts

_FIRST_BIRTH = date(1900, 1, 1)
_MOST_NAME = 100


@dataclass(frozen=True, slots=True)
class Home:
    """A branch that people may be entered in; `why_not` says why this one may not."""

    id: UUID
    place: int
    why_not: str = ""


@dataclass(slots=True, kw_only=True)
class Given:
    """What one row says of one person."""

    line: int
    external_id: str
    last_name: str
    first_name: str
    patronymic: str
    name_key: str
    born_on: date | None
    phone: str
    email: str
    address: str
    home: Home | None
    affiliation: str
    affiliated_on: date | None
    confirmed_on: date | None
    consent_text: str
    consented_on: date | None

    @property
    def alike_keys(self) -> list[str]:
        """The keys of the name in its other forms, short or full."""
        return alike_keys(self.last_name, self.first_name, self.patronymic)

    @property
    def contacts(self) -> list[tuple[str, str]]:
        pairs = (("phone", self.phone), ("email", self.email))
        return [(kind, value) for kind, value in pairs if value]


class Rows:
    """Reads the rows of one file; what the mistakes of a row are depends on that row alone."""

    def __init__(self, path: Path, homes: Mapping[str, Home], today: date) -> None:
        self._check = Check(path.name)
        self._homes = homes
        self._today = today
        self._kinds, self._texts = AffiliationKind.values, list(latest_texts())

    def read(self, table: LooseTable) -> Iterator[tuple[int, Given | list[Reason]]]:
        """Line by line, the person or every reason against the row."""
        for row in table.rows:
            if isinstance(row, Reason):
                yield row.line or 0, [row]
                continue
            given = self._given(row)
            reasons, self._check.reasons = self._check.reasons, []
            yield row.line, reasons or given

    def _given(self, row: Row) -> Given:
        check = self._check
        last, first, patronymic = (check.text(row, name, most=_MOST_NAME) for name in NAMES)
        given = Given(
            line=row.line,
            external_id=check.text(row, "external_id", most=200),
            last_name=last,
            first_name=first,
            patronymic=patronymic,
            name_key=name_key(last, first, patronymic),
            born_on=check.day(row, "born_on"),
            phone=self._phone(row),
            email=self._email(row),
            address=check.text(row, "address"),
            home=self._home(row),
            affiliation=self._one_of(row, "affiliation", self._kinds),
            affiliated_on=check.day(row, "affiliated_on"),
            confirmed_on=check.day(row, "confirmed_on"),
            consent_text=self._one_of(row, "consent_text", self._texts),
            consented_on=check.day(row, "consented_on"),
        )
        self._check_whole(row, given)
        return given

    def _check_whole(self, row: Row, given: Given) -> None:
        if given.name_key == "||":
            self._check.wrong(row, "last_name", "a name is missing")
        if given.born_on and not _FIRST_BIRTH <= given.born_on <= self._today:
            self._check.wrong(row, "born_on", "nobody was born then")
        told_apart = (
            row.cells.get("external_id")
            or row.cells.get("phone")
            or row.cells.get("email")
            or (row.cells.get("born_on") and given.address)
        )
        if not told_apart:
            self._check.wrong(
                row,
                None,
                "nothing tells this person apart: give external_id, phone, email, or born_on with "
                "address",
            )

    def _phone(self, row: Row) -> str:
        text = self._check.text(row, "phone", most=60)
        number = phone_number(text) if text else ""
        if number is None:
            self._check.wrong(row, "phone", "{value} is not a phone number", value=repr(text))
        return number or ""

    def _email(self, row: Row) -> str:
        text = self._check.text(row, "email", most=254)
        address = email_address(text) if text else ""
        if address is None:
            self._check.wrong(row, "email", "{value} is not an e-mail address", value=repr(text))
        return address or ""

    def _home(self, row: Row) -> Home | None:
        code = row.cells.get("branch", "")
        if not code:
            return None
        home = self._homes.get(code)
        if home is None:
            self._check.wrong(
                row, "branch", "there is no branch {code} within your reach", code=repr(code)
            )
        elif home.why_not:
            self._check.wrong(row, "branch", home.why_not, code=repr(code))
        return home

    def _one_of(self, row: Row, column: str, allowed: list[str]) -> str:
        return self._check.choice(row, column, allowed) if row.cells.get(column) else ""
