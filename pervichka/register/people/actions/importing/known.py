"""A person as an import knows them: what the register says, and what this batch will change."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from pervichka.foundation.ids import new_id
from pervichka.register.people.actions.importing.rows import Given, Home
from pervichka.register.people.models import AffiliationKind
from pervichka.register.people.names import name_key

_FILLED = ("last_name", "first_name", "patronymic", "born_on", "address")


@dataclass(slots=True, kw_only=True)
class Bond:
    """An affiliation; `stored` is false until the batch is written."""

    id: UUID = field(default_factory=new_id)
    kind: str
    valid_from: date | None
    valid_to: date | None = None
    stored: bool = False
    changed: bool = False


@dataclass(slots=True, kw_only=True)
class Agreed:
    """A consent."""

    id: UUID = field(default_factory=new_id)
    text_code: str
    given_on: date | None
    withdrawn_on: date | None = None
    stored: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Known:
    """One person. `into` is whom they turned out to be, once two new records proved one."""

    id: UUID
    code: str
    code_is_ours: bool
    last_name: str
    first_name: str
    patronymic: str
    name_key: str
    born_on: date | None
    address: str
    home: Home
    known_since: date | None
    fresh: bool
    contacts: set[tuple[str, str]] = field(default_factory=set)
    bonds: list[Bond] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)
    confirmed: set[date] = field(default_factory=set)
    new_contacts: list[tuple[str, str]] = field(default_factory=list)
    new_confirmed: list[date] = field(default_factory=list)
    new_aliases: list[str] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)
    into: "Known | None" = None

    @property
    def news(self) -> int:
        """How much this batch has taught us of the person."""
        return self.changed.total()

    def itself(self) -> "Known":
        found = self
        while found.into is not None:
            found = found.into
        return found

    def take(self, given: Given, *, overwrite: bool, today: date) -> None:
        """Learn what a row says; blanks are filled, and what was said before gives way if told."""
        self._take_values(given, overwrite=overwrite)
        for contact in given.contacts:
            self.add_contact(contact)
        had_bonds = bool(self.bonds)
        self._take_bond(given, overwrite=overwrite, today=today)
        self._take_consent(given)
        if given.confirmed_on and given.confirmed_on not in self.confirmed:
            self.confirmed.add(given.confirmed_on)
            self.new_confirmed.append(given.confirmed_on)
            self.changed["confirmed_on"] += 1
        if self.fresh or (self.bonds and not had_bonds):
            self.known_since = self._since()

    def absorb(self, other: "Known") -> None:
        """Take over another record of this batch, which turned out to be the same person."""
        other.into = self
        for name in _FILLED:
            if not getattr(self, name):
                setattr(self, name, getattr(other, name))
        for contact in other.contacts:
            self.add_contact(contact)
        if not self.bonds:
            self.bonds = other.bonds
        held = {agreed.text_code for agreed in self.agreed}
        self.agreed += [agreed for agreed in other.agreed if agreed.text_code not in held]
        for day in other.confirmed - self.confirmed:
            self.confirmed.add(day)
            self.new_confirmed.append(day)
        self.new_aliases += other.new_aliases
        if not other.code_is_ours:
            self.learn_code(other.code)
        if self.fresh:
            self.known_since = self._since()

    def learn_code(self, code: str) -> None:
        """Another system's code for this person: their own if they had none, else an alias."""
        if self.fresh and self.code_is_ours:
            self.code, self.code_is_ours = code, False
        elif code != self.code:
            self.new_aliases.append(code)
            self.changed["external_id"] += 1

    def add_contact(self, contact: tuple[str, str]) -> None:
        if contact not in self.contacts:
            self.contacts.add(contact)
            self.new_contacts.append(contact)
            self.changed[contact[0]] += 1

    def _take_values(self, given: Given, *, overwrite: bool) -> None:
        for name in _FILLED:
            value, old = getattr(given, name), getattr(self, name)
            if value and value != old and (overwrite or not old):
                setattr(self, name, value)
                self.changed[name] += 1
        if overwrite:
            if self.changed.keys() & {"last_name", "first_name", "patronymic"}:
                self.name_key = name_key(self.last_name, self.first_name, self.patronymic)
            if given.home is not None and given.home.id != self.home.id:
                self.home = given.home
                self.changed["branch"] += 1

    def _take_bond(self, given: Given, *, overwrite: bool, today: date) -> None:
        if not given.affiliation and not given.affiliated_on:
            return
        now = next((bond for bond in self.bonds if bond.valid_to is None), None)
        kind = given.affiliation or (now.kind if now else AffiliationKind.CONTACT.value)
        on = given.affiliated_on
        if now is None:
            if not self.bonds or on is not None:
                self._begin(kind, on)
        elif now.kind == kind:
            if on and on != now.valid_from and (now.valid_from is None or overwrite):
                self._date(now, on)
        else:
            self._change(now, kind, on or (today if overwrite else None))

    def _begin(self, kind: str, on: date | None) -> None:
        last = max((bond.valid_to for bond in self.bonds if bond.valid_to), default=None)
        if last is None or on is None or on >= last:
            self.bonds.append(Bond(kind=kind, valid_from=on))
            self.changed["affiliation"] += 1

    def _date(self, bond: Bond, on: date) -> None:
        """Date a bond, unless it would begin before the one before it ended."""
        last = max((other.valid_to for other in self.bonds if other.valid_to), default=None)
        if last is None or on >= last:
            bond.valid_from, bond.changed = on, True
            self.changed["affiliated_on"] += 1
            if self.known_since is not None and last is None:
                self.known_since = min(self.known_since, on)

    def _change(self, now: Bond, kind: str, on: date | None) -> None:
        """What came later holds; news of an earlier time, or of none, changes nothing."""
        if on is None or (now.valid_from is not None and on < now.valid_from):
            return
        if now.valid_from == on:
            now.kind = kind
        else:
            now.valid_to = on
            self.bonds.append(Bond(kind=kind, valid_from=on))
        now.changed = True
        self.changed["affiliation"] += 1

    def _take_consent(self, given: Given) -> None:
        if not given.consent_text:
            return
        on = given.consented_on
        same = [agreed for agreed in self.agreed if agreed.text_code == given.consent_text]
        if any(agreed.withdrawn_on is None for agreed in same):
            return
        # A consent taken back is not brought back by a list that may be older.
        ends = [agreed.withdrawn_on for agreed in same if agreed.withdrawn_on is not None]
        if ends and (on is None or on <= max(ends)):
            return
        self.agreed.append(Agreed(text_code=given.consent_text, given_on=on))
        self.changed["consent"] += 1

    def _since(self) -> date | None:
        """From when the person counts: their first bond, else the earliest date given."""
        begun = [bond.valid_from for bond in self.bonds]
        dated = [day for day in begun if day is not None]
        if dated and len(dated) == len(begun):
            return min(dated)
        given = [agreed.given_on for agreed in self.agreed if agreed.given_on]
        return min([*self.confirmed, *given], default=None)
