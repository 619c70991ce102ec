"""A year of appeals and open hours, branch by branch. Nobody in them can be reached."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pervichka.foundation.periods import Month
from pervichka.surfaces.demo.asked import (
    ASKED,
    DELAYED,
    NOT_SOLVED,
    NOTES,
    TEMPLATES,
    WEIGHTS,
)
from pervichka.surfaces.demo.plan import Unit
from pervichka.surfaces.demo.seeded import Chance, at_clock
from pervichka.surfaces.demo.tree import Tree
from pervichka.surfaces.demo.words import MEN, PATRONYMICS, STREETS, WOMEN
from pervichka.work.casework import terms
from pervichka.work.casework.actions.loading import (
    AppealRow,
    RoundRow,
    StepRow,
    SurgeryRow,
    TemplateRow,
)
from pervichka.work.casework.sealed import Applicant
from pervichka.work.casework.subjects import subjects

# Closed longer ago, whoever asked would have been forgotten.
_MONTHS = 11
# How likely another one comes in a month.
_OFTEN = {"primary": 0.02, "local": 0.5, "regional": 0.45}
_OFTEN_IF_BUSY = 0.75
# Days ago: overdue, soon due, just in.
_WAITING = (41, 33, 27, 12, 6, 2, 1)
_WEEKS_BACK, _WEEKS_AHEAD = 20, 4
_INNER = frozenset({"note"})


@dataclass(kw_only=True)
class Appeals:
    """Rows to be written."""

    appeals: list[AppealRow] = field(default_factory=list)
    rounds: list[RoundRow] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)
    surgeries: list[SurgeryRow] = field(default_factory=list)
    templates: list[TemplateRow] = field(default_factory=list)


def make_appeals(
    tree: Tree, seed: int, today: date, zone: ZoneInfo, busy: frozenset[str]
) -> Appeals:
    """`busy`: codes of the tour's branches, which have something to do at any time."""
    made = Appeals()
    for unit in tree.units():
        maker = _Branch(unit, Chance.of(seed, unit.row.code, "appeals"), made, today, zone)
        if unit.row.level == "federal":
            maker.templates()
        elif unit.row.closed_on is None:
            maker.year(busy=unit.row.code in busy)
    return made


class _Branch:
    def __init__(
        self, unit: Unit, chance: Chance, made: Appeals, today: date, zone: ZoneInfo
    ) -> None:
        self._row, self._chance, self._made = unit.row, chance, made
        self._strength = unit.strength
        self._today, self._zone = today, zone
        self._since = unit.row.opened_on or today
        here = [one for one in subjects().values() if one.level == unit.row.level]
        self._subjects = [one.code for one in here] or ["yard"]

    def year(self, *, busy: bool) -> None:
        often = _OFTEN_IF_BUSY if busy else _OFTEN[self._row.level]
        for month in Month.of(self._today).plus(-_MONTHS).until(Month.of(self._today)):
            while self._chance.happens(often):
                day = month.start + timedelta(days=self._chance.randrange(month.end.day))
                if self._since <= day < self._today:
                    self._appeal(day)
        if busy:
            for back in _WAITING:
                self._appeal(self._today - timedelta(days=back), waits=True)
        if self._row.level == "local" and (busy or self._chance.happens(0.5)):
            self._hours()

    def templates(self) -> None:
        for title, subject, text in TEMPLATES:
            id_ = self._chance.id(self._today)
            row = TemplateRow(id_, self._row.id, self._row.place, title, subject, text)
            self._made.templates.append(row)

    def _appeal(self, day: date, *, waits: bool = False) -> None:
        chance = self._chance
        came = at_clock(day, chance.randrange(8, 21), chance.randrange(60), self._zone)
        weights = [WEIGHTS[code] for code in self._subjects]
        subject = chance.choices(self._subjects, weights)[0]
        asked, answer = chance.choice(ASKED[subject])
        street, house = chance.choice(STREETS), chance.randrange(1, 90)
        channel = chance.choices(("page", "phone", "surgery", "door"), (60, 20, 12, 8))[0]
        course = _Course(self._made, chance, self._row.id, self._row.place, came, self._now)
        course.begin(by_page=channel == "page")
        if course.status == "open" and not waits:
            good = min(0.97, 0.86 * self._strength)
            course.go_on(answer.format(street=street, house=house), good)
        course.end()
        self._made.appeals.append(
            AppealRow(
                id=course.id,
                branch_id=self._row.id,
                place=self._row.place,
                channel=channel,
                subject=subject,
                origin_id=self._row.id,
                status=course.status,
                received_at=came,
                register_by=terms.register_by(day),
                registered_at=course.registered_at,
                tell_by="page" if channel == "page" else "paper",
                agreed_at=came if channel == "page" else None,
                from_above=False,
                due_on=course.due_on,
                closed_at=course.closed_at,
                sealed_applicant=self._applicant(street, house),
                sealed_words=asked.format(street=street, house=house),
            )
        )

    @property
    def _now(self) -> datetime:
        return at_clock(self._today, 7, 0, self._zone)

    def _applicant(self, street: str, house: int) -> Applicant:
        """A name and a postal address that leads nowhere: neither phone nor e-mail."""
        man = self._chance.happens(0.4)
        first = self._chance.choice(MEN if man else WOMEN)
        patronymic = self._chance.choice(PATRONYMICS)[0 if man else 1]
        return Applicant(name=f"{first} {patronymic}", address=f"ул. {street}, {house}")

    def _hours(self) -> None:
        """Each second Wednesday evening; one in ten was called off on the day, some stood empty."""
        chance = self._chance
        back = (self._today.weekday() - 2) % 7
        wednesday = self._today - timedelta(days=back)
        for week in range(-_WEEKS_BACK, _WEEKS_AHEAD + 1, 2):
            day = wednesday + timedelta(weeks=week)
            begins = at_clock(day, 17, 0, self._zone)
            past = day < self._today
            cancelled = past and chance.happens(0.1)
            held = past and not cancelled and chance.happens(0.9)
            self._made.surgeries.append(
                SurgeryRow(
                    id=chance.id(day - timedelta(days=20)),
                    branch_id=self._row.id,
                    place=self._row.place,
                    begins_at=begins,
                    ends_at=begins + timedelta(hours=2),
                    slot_minutes=15,
                    venue=f"Приёмная отделения, ул. {chance.choice(STREETS)}",
                    status="cancelled" if cancelled else "held" if held else "announced",
                    announced_at=begins - timedelta(days=20),
                    held_at=begins + timedelta(hours=2) if held else None,
                    came=chance.randrange(9) if held else None,
                    cancel_reason="Болезнь ведущего приём" if cancelled else "",
                    cancelled_at=begins - timedelta(hours=3) if cancelled else None,
                    held_from_above=False,
                )
            )


@dataclass(frozen=True, kw_only=True)
class _Round:
    """What has become of a round."""

    extended_at: datetime | None = None
    answered_at: datetime | None = None
    settled_at: datetime | None = None
    outcome: str = ""
    confirmed_by: str = ""
    rating: int | None = None


_NOTHING_YET = _Round()


class _Course:
    """How one appeal goes, up to now and no further."""

    def __init__(
        self,
        made: Appeals,
        chance: Chance,
        branch: UUID,
        place: int,
        came: datetime,
        now: datetime,
    ) -> None:
        self._made, self._chance, self._now = made, chance, now
        self._branch, self._place, self._came = branch, place, came
        self.id = chance.id(came.date())
        self.status, self.number = "received", 1
        self.due_on = terms.answer_by(terms.register_by(came.date()))
        self.registered_at: datetime | None = None
        self.closed_at: datetime | None = None
        self._opened_at = came
        self._round = _NOTHING_YET

    def begin(self, *, by_page: bool) -> None:
        self._step("received", self._came, self._own if by_page else "system")
        wait = self._chance.randrange(3, 45) if by_page else 0
        at = self._came + timedelta(hours=wait)
        if at >= self._now:
            return
        self.registered_at, self.status = at, "open"
        self.due_on = min(self.due_on, terms.answer_by(at.date()))
        self._step("registered", at, "system")
        if self._chance.happens(0.25):
            self._step("note", at + timedelta(hours=20), "system", self._chance.choice(NOTES))

    def go_on(self, answer: str, good: float) -> None:
        """Answered in time as often as `good`, else late or not yet; then the applicant speaks."""
        chance = self._chance
        if chance.happens(0.06):
            moved = self._days_after(self._opened_at, chance.randrange(15, 24))
            if moved < self._now:
                self.due_on = terms.extended(self.due_on, 20)
                self._round = replace(self._round, extended_at=moved)
                self._step("extended", moved, "system", DELAYED)
        left = max(3, (self.due_on - self._opened_at.date()).days)
        days = chance.randrange(2, left) if chance.happens(good) else left + chance.randrange(2, 40)
        answered = self._days_after(self._opened_at, days)
        if answered >= self._now:
            return
        self._round, self.status = replace(self._round, answered_at=answered), "answered"
        self._step("answered", answered, "system", answer)
        self._speak(answer, answered, good)

    def _speak(self, answer: str, answered: datetime, good: float) -> None:
        chance = self._chance
        said = self._days_after(answered, chance.randrange(1, 12))
        again = 10 if self.number == 1 else 0
        what = chance.choices(("solved", "told", "reopened", "silent"), (52, 8, again, 30))[0]
        if what == "silent":
            said = self._days_after(answered, terms.policy().silence + 1)
        if said >= self._now:
            return
        if what == "reopened":
            self._settle("reopened", "applicant", said)
            self._step("reopened", said, self._own, chance.choice(NOT_SOLVED))
            self.end()
            self.number, self.status, self._opened_at = self.number + 1, "open", said
            self.due_on = terms.answer_by(said.date())
            self.go_on(answer, good)
            return
        self.status, self.closed_at = "closed", said
        if what == "silent":
            self._settle("silent", "", said)
            self._step("silent", said, "system")
            return
        by_applicant = what == "solved"
        self._settle("solved", "applicant" if by_applicant else "branch", said)
        self._step("solved", said, self._own if by_applicant else "system")
        if by_applicant and chance.happens(0.6):
            rating = chance.choices((1, 2, 3, 4, 5), (4, 6, 14, 34, 42))[0]
            self._round = replace(self._round, rating=rating)
            self._step("rated", said, self._own)

    def end(self) -> None:
        """Write the round down as it stands."""
        went = self._round
        self._made.rounds.append(
            RoundRow(
                id=self._chance.id(self._opened_at.date()),
                branch_id=self._branch,
                place=self._place,
                appeal_id=self.id,
                number=self.number,
                opened_at=self._opened_at,
                due_on=self.due_on,
                extended_at=went.extended_at,
                answered_at=went.answered_at,
                settled_at=went.settled_at,
                outcome=went.outcome,
                confirmed_by=went.confirmed_by,
                rating=went.rating,
            )
        )
        self._round = _NOTHING_YET

    @property
    def _own(self) -> str:
        return f"applicant:{self.id}"

    def _settle(self, outcome: str, by: str, at: datetime) -> None:
        self._round = replace(self._round, settled_at=at, outcome=outcome, confirmed_by=by)

    def _days_after(self, since: datetime, days: int) -> datetime:
        return since + timedelta(days=days, minutes=self._chance.randrange(240))

    def _step(self, kind: str, at: datetime, by: str, text: str = "") -> None:
        self._made.steps.append(
            StepRow(
                id=self._chance.id(at.date()),
                branch_id=self._branch,
                place=self._place,
                appeal_id=self.id,
                kind=kind,
                public=kind not in _INNER,
                at=at,
                by=by if by == self._own else "",
                told_through="",
                sealed_text=text,
            )
        )
