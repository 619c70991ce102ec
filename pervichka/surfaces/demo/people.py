"""People of a branch: some since always, some new; how to reach them, what they agreed to."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from pervichka.register.people.actions.loading import (
    AffiliationRow,
    ConfirmationRow,
    ConsentRow,
    ContactPointRow,
    PersonRow,
)
from pervichka.register.people.names import name_key
from pervichka.surfaces.demo.names import Name, a_name
from pervichka.surfaces.demo.plan import Made, Temper, Unit
from pervichka.surfaces.demo.seeded import Chance
from pervichka.surfaces.demo.tree import Tree
from pervichka.surfaces.demo.words import STREETS, latin

_YEAR = 365
_MIDDLE_SIZE, _SIZE_SPREAD = 3.27, 0.48  # of the logarithm: about 29 people to a branch
_FEWEST, _MOST = 8, 110
_CONFIRMED = {
    Temper.EXCELLENT: 0.88,
    Temper.STEADY: 0.70,
    Temper.AVERAGE: 0.52,
    Temper.WEAK: 0.28,
    Temper.DORMANT: 0.12,
    Temper.PADDING: 0.95,
}
# A hundred thousand numbers that no operator has given to anyone.
_FAKE_PHONE = "+790000{number:05d}"
_PHONES = 100_000


@dataclass(kw_only=True)
class People:
    """Rows to be written."""

    people: list[PersonRow] = field(default_factory=list)
    contact_points: list[ContactPointRow] = field(default_factory=list)
    affiliations: list[AffiliationRow] = field(default_factory=list)
    confirmations: list[ConfirmationRow] = field(default_factory=list)
    consents: list[ConsentRow] = field(default_factory=list)


def make_people(tree: Tree, seed: int, today: date) -> People:
    """People for every primary branch; each unit then knows its own."""
    made = People()
    for unit in tree.primaries:
        _Branch(unit, Chance.of(seed, unit.row.code, "people"), made, today).fill()
    return made


class _Branch:
    def __init__(self, unit: Unit, chance: Chance, made: People, today: date) -> None:
        self._unit, self._chance, self._made, self._today = unit, chance, made, today
        # In a padded branch everyone confirms on one and the same evening.
        self._burst = today - timedelta(days=chance.randrange(15, 120))
        self._opened = unit.row.opened_on or today - timedelta(days=8 * _YEAR)

    def fill(self) -> None:
        chance = self._chance
        number = round(min(_MOST, max(_FEWEST, chance.lognormvariate(_MIDDLE_SIZE, _SIZE_SPREAD))))
        members = max(4, round(number * chance.uniform(0.25, 0.42)))
        supporters = round(number * chance.uniform(0.3, 0.45))
        kinds = ["member"] * members + ["supporter"] * supporters
        kinds += ["contact"] * max(0, number - len(kinds))
        for kind in kinds[:number]:
            self._person(kind)

    def _person(self, kind: str) -> None:
        chance, row = self._chance, self._unit.row
        name = a_name(chance)
        since = self._since(kind)
        id_ = chance.id(since)
        number = len(self._made.people)
        self._made.people.append(
            PersonRow(
                id_,
                row.id,
                row.place,
                f"demo-{number:06d}",
                name.last,
                name.first,
                name.patronymic,
                name_key(name.last, name.first, name.patronymic),
                self._born_on(),
                self._address(),
                since,
            )
        )
        self._contacts(name, number)
        self._bonds(kind, since)
        self._said_yes(since)
        self._unit.people.append(
            Made(
                id=id_,
                code=f"demo-{number:06d}",
                affiliation=kind,
                since=since,
                keen=chance.betavariate(2, 3),
            )
        )

    def _since(self, kind: str) -> date:
        """Most have been here for years; members rarely join in the last one."""
        chance = self._chance
        lately = chance.happens(0.12 if kind == "member" else 0.34)
        days = chance.randrange(5, _YEAR + 40) if lately else chance.randrange(400, 6 * _YEAR)
        return max(self._opened, self._today - timedelta(days=days))

    def _born_on(self) -> date:
        age = min(88, max(19, self._chance.gauss(49, 14)))
        return self._today - timedelta(days=round(age * 365.25) + self._chance.randrange(365))

    def _address(self) -> str:
        chance = self._chance
        street, house = chance.choice(STREETS), chance.randrange(1, 90)
        return f"{self._unit.town} район, ул. {street}, д. {house}, кв. {chance.randrange(1, 120)}"

    def _contacts(self, name: Name, number: int) -> None:
        chance = self._chance
        born = self._made.people[-1].known_since or self._today
        person, branch, place = self._made.people[-1][:3]
        if number < _PHONES and chance.happens(0.82):
            phone = _FAKE_PHONE.format(number=number)
            self._made.contact_points.append(
                ContactPointRow(chance.id(born), branch, place, person, "phone", phone)
            )
        if chance.happens(0.4):
            mail = f"{latin(name.first[0])}.{latin(name.last)}.{number}@example.org".lower()
            self._made.contact_points.append(
                ContactPointRow(chance.id(born), branch, place, person, "email", mail)
            )

    def _bonds(self, kind: str, since: date) -> None:
        """A member of long standing was often a supporter first."""
        chance = self._chance
        person, branch, place = self._made.people[-1][:3]
        ladder: list[tuple[str, date, date | None]] = [(kind, since, None)]
        if (
            kind == "supporter"
            and since < self._today - timedelta(days=120)
            and chance.happens(0.2)
        ):
            up = since + timedelta(days=chance.randrange(20, 100))
            ladder = [("contact", since, up), ("supporter", up, None)]
        for step, first, last in ladder:
            self._made.affiliations.append(
                AffiliationRow(chance.id(first), branch, place, person, step, first, last)
            )

    def _said_yes(self, since: date) -> None:
        chance, temper = self._chance, self._unit.temper
        person, branch, place = self._made.people[-1][:3]
        if chance.happens(0.94 if temper is not Temper.DORMANT else 0.8):
            withdrawn = None
            if chance.happens(0.015):
                withdrawn = min(self._today, since + timedelta(days=chance.randrange(30, 700)))
            self._made.consents.append(
                ConsentRow(
                    chance.id(since), branch, place, person, "default", since, withdrawn,
                    chance.happens(0.3),
                )
            )  # fmt: skip
        if temper is None or not chance.happens(_CONFIRMED[temper] * self._unit.strength**0.4):
            return
        day = self._burst
        if temper is not Temper.PADDING:
            day = self._today - timedelta(days=int(_YEAR * 1.15 * chance.random() ** 1.3))
        self._made.confirmations.append(
            ConfirmationRow(chance.id(day), branch, place, person, max(day, since))
        )
