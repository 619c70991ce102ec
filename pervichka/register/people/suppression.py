"""Those who asked not to be held again, by keyed hashes alone.

A hash is that of a phone number, of an e-mail address, or of a code of another system; where
somebody else of the register is reached by the same number or address (a family shares one), of it
together with the name; and of the whole name with the date of birth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pervichka.foundation import vault
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.people.models import Suppression
from pervichka.register.people.names import normal_name

NOT_WISHED = Reason(message="this person asked to be erased and does not wish to be held")
Contact = tuple[str, str]
_PURPOSE = "not to be held by {}"


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a row or a form says of somebody, as far as it tells them apart."""

    last_name: str
    first_name: str
    name_key: str
    born_on: date | None = None
    contacts: Sequence[Contact] = ()
    code: str = ""

    def blinds(self, keys: vault.Ring) -> list[bytes]:
        marks = list(self.contacts)
        marks += [with_name(one, self.last_name, self.first_name) for one in self.contacts]
        if self.born_on is not None:
            marks.append(birth(self.name_key, self.born_on))
        if self.code:
            marks.append(coded(self.code))
        return [blind for mark in marks for blind in _blinds(mark, keys)]


def demand_wished(described: Described) -> None:
    """Raise `Refused` where someone so described asked not to be held."""
    blinds = described.blinds(vault.ring())
    if Suppression.objects.filter(blind_index__in=blinds).exists():
        raise Refused(NOT_WISHED)


def is_known_by(contact: Contact, last_name: str, first_name: str) -> bool:
    """Whether someone of that name asked not to be held by that very number or address."""
    blinds = _blinds(with_name(contact, last_name, first_name), vault.ring())
    return Suppression.objects.filter(blind_index__in=blinds).exists()


class Suppressed:
    """All that is suppressed, as of now: for whoever looks many people up."""

    def __init__(self) -> None:
        self._held: frozenset[bytes] = frozenset()
        self._keys = vault.ring()
        self.renew()

    def renew(self) -> None:
        """Take in what has been suppressed and lifted since."""
        found = Suppression.objects.values_list("blind_index", flat=True)
        self._held = frozenset(bytes(one) for one in found)

    def holds(self, described: Described) -> bool:
        """Whether someone so described asked not to be held."""
        return bool(self._held) and not self._held.isdisjoint(described.blinds(self._keys))


def suppress(marks: Iterable[Contact], *, on: date) -> int:
    """From now on nobody is entered by these marks but by themselves; how many are new."""
    keys = vault.ring()
    rows = [
        Suppression(blind_index=_blind(mark, keys), key_version=keys.current, suppressed_on=on)
        for mark in dict.fromkeys(marks)
    ]
    before = Suppression.objects.count()
    Suppression.objects.bulk_create(rows, ignore_conflicts=True)
    return Suppression.objects.count() - before


def lift(described: Described) -> int:
    """Forget that someone so described was suppressed, under whatever key; how many hashes went."""
    blinds = described.blinds(vault.ring())
    return Suppression.objects.filter(blind_index__in=blinds).delete()[0]


def with_name(contact: Contact, last_name: str, first_name: str) -> Contact:
    kind, value = contact
    return f"{kind} and name", f"{value}|{normal_name(last_name)}|{normal_name(first_name)}"


def birth(name_key: str, born_on: date) -> Contact:
    return "name and birth", f"{name_key}|{born_on.isoformat()}"


def coded(code: str) -> Contact:
    """By a code that another system knows the person by."""
    return "code", code


def suppressed_by_version() -> dict[int, int]:
    """How many hashes were made with which version of the keys, and need it to be found."""
    versions: dict[int, int] = {}
    for version in Suppression.objects.values_list("key_version", flat=True):
        versions[version] = versions.get(version, 0) + 1
    return versions


def _blind(mark: Contact, keys: vault.Ring) -> bytes:
    kind, value = mark
    return keys.blind(_PURPOSE.format(kind), value)


def _blinds(mark: Contact, keys: vault.Ring) -> list[bytes]:
    kind, value = mark
    return keys.blinds(_PURPOSE.format(kind), value)
