"""Who is who: sure duplicates become one person, unsure ones stay apart and are noted.

Sure are the same code of another system; the same phone number or e-mail address under the same
name; the same name, date of birth and address. Two different dates of birth are never one person.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pervichka.foundation.ids import new_id
from pervichka.register.access.actor import Interval
from pervichka.register.people.actions.enrolment import new_code
from pervichka.register.people.actions.importing.known import Known
from pervichka.register.people.actions.importing.loading import load_known
from pervichka.register.people.actions.importing.rows import Given, Home
from pervichka.register.people.names import normal_address

SAME_CONTACT = "the same phone number or e-mail address under another name"
SAME_BIRTH = "the same name and date of birth"
ALIKE = "the same date of birth and another form of the same name"
SAME_KEYS = "one row fits both records"
# A number that a whole house shares tells nothing; the first few are enough to look at.
_MOST_SUSPECTED = 5


@dataclass(frozen=True, kw_only=True)
class Suspected:
    """Two records that may be one person, and the row that showed it."""

    line: int
    person: Known
    other: Known
    reason: str


class Batch:
    """The people of some rows, found in the register or made."""

    def __init__(self, rows: Sequence[Given], *, scope: Interval, default: Home, today: date):
        self._default, self._today = default, today
        people, self._by_code = load_known(rows, scope)
        self._by_contact: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_birth: defaultdict[tuple[date, str], list[Known]] = defaultdict(list)
        self.suspected: list[Suspected] = []
        self._made: list[Known] = []
        # How often anyone has learnt anything.
        self.changes = 0
        self._stored = people
        for person in people:
            self._index(person)

    @property
    def made(self) -> list[Known]:
        """New people, without those that turned out to be another."""
        return [person for person in self._made if person.into is None]

    @property
    def changed(self) -> list[Known]:
        """People of the register of whom a row said something new."""
        return [person for person in self._stored if person.changed]

    def resolve(self, row: Given, seen: Collection[UUID]) -> tuple[Known, bool]:
        """The person of a row, who has learnt what it says, and whether the row made them.

        `seen` holds the ids of those whom an earlier row of the same file has spoken of: what came
        first is believed, and later rows only add to it.
        """
        by_code = self._by_code.get(row.external_id) if row.external_id else None
        sure = self._sure(row, None if by_code is None else by_code.itself())
        if sure:
            person = self._joined(row, sure)
            before = person.news
            overwrite = by_code is not None and not person.fresh and person.id not in seen
            person.take(row, overwrite=overwrite, today=self._today)
            if row.external_id and by_code is None:
                person.learn_code(row.external_id)
            self.changes += person.news - before
        else:
            person = self._make(row)
        if row.external_id:
            self._by_code[row.external_id] = person
        self._suspect(row, person)
        self._index(person)
        return person, not sure

    def _sure(self, row: Given, by_code: Known | None) -> list[Known]:
        found = [] if by_code is None else [by_code]
        for contact in row.contacts:
            for person in self._at(self._by_contact[contact]):
                if person.name_key == row.name_key and not _born_apart(row, person):
                    found.append(person)  # noqa: PERF401 - two conditions read better unrolled
        if row.born_on and row.address:
            address = normal_address(row.address)
            found += [
                person
                for person in self._at(self._by_birth[row.born_on, row.name_key])
                if normal_address(person.address) == address
            ]
        return list(dict.fromkeys(found))

    def _joined(self, row: Given, sure: list[Known]) -> Known:
        """The first of the records that a row ties together; new ones join it, old ones wait."""
        first = next((person for person in sure if not person.fresh), sure[0])
        for other in sure:
            if other is first or _apart(first, other):
                continue
            if other.fresh:
                first.absorb(other)
            else:
                self._note(row, first, other, SAME_KEYS)
        return first

    def _make(self, row: Given) -> Known:
        person = Known(
            id=new_id(),
            code=row.external_id or new_code(),
            code_is_ours=not row.external_id,
            last_name="",
            first_name="",
            patronymic="",
            name_key=row.name_key,
            born_on=None,
            address="",
            home=row.home or self._default,
            known_since=None,
            fresh=True,
        )
        person.take(row, overwrite=False, today=self._today)
        self._made.append(person)
        return person

    def _suspect(self, row: Given, person: Known) -> None:
        for contact in row.contacts:
            for other in self._at(self._by_contact[contact])[:_MOST_SUSPECTED]:
                self._note(row, person, other, SAME_CONTACT)
        if row.born_on:
            for other in self._at(self._by_birth[row.born_on, row.name_key])[:_MOST_SUSPECTED]:
                self._note(row, person, other, SAME_BIRTH)
            for key in row.alike_keys:
                for other in self._at(self._by_birth[row.born_on, key])[:_MOST_SUSPECTED]:
                    self._note(row, person, other, ALIKE)

    def _note(self, row: Given, person: Known, other: Known, reason: str) -> None:
        if other is not person:
            self.suspected.append(
                Suspected(line=row.line, person=person, other=other, reason=reason)
            )

    def _at(self, people: list[Known]) -> list[Known]:
        # Nearly always there is nobody, or one.
        return list(dict.fromkeys(person.itself() for person in people)) if people else people

    def _index(self, person: Known) -> None:
        for contact in person.contacts:
            if person not in self._by_contact[contact]:
                self._by_contact[contact].append(person)
        if person.born_on:
            same = self._by_birth[person.born_on, person.name_key]
            if person not in same:
                same.append(person)


def _born_apart(row: Given, person: Known) -> bool:
    return bool(row.born_on and person.born_on and row.born_on != person.born_on)


def _apart(one: Known, other: Known) -> bool:
    return bool(one.born_on and other.born_on and one.born_on != other.born_on)
