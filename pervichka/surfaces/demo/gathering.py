"""One meeting or event: who was asked, who came, how that is known, what was decided."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from pervichka.surfaces.demo.habits import Habit
from pervichka.surfaces.demo.plan import Made, Unit
from pervichka.surfaces.demo.rows import Events
from pervichka.surfaces.demo.seeded import Chance
from pervichka.surfaces.demo.words import (
    AGENDA,
    COPIED_MINUTES,
    DECIDED,
    DISCUSSED,
    MEETING_TITLES,
    VENUES,
)
from pervichka.work.events.actions.loading import (
    AgendaItemRow,
    AttendanceRow,
    EventRow,
    InvitationRow,
    MinutesRow,
    ResolutionRow,
)
from pervichka.work.events.quorum import rule_for

_MOST_INVITED = 12
_LASTS = timedelta(hours=2)
_CANCELLED_FOR = (
    "Не собрать людей: многие в отъезде",
    "Помещение занято",
    "Перенесено на другой день",
)


@dataclass(kw_only=True)
class Gathering:
    unit: Unit
    habit: Habit
    chance: Chance
    made: Events
    kind: str
    title: str
    starts_at: datetime
    planned_at: datetime
    today: date
    id: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.id = self.chance.id(self.planned_at.date())
        if self.is_meeting:
            self.title = self.chance.choice(MEETING_TITLES)

    @property
    def is_meeting(self) -> bool:
        return self.kind == "general_meeting"

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    def plan(self, *, everyone: bool = False) -> None:
        """Announced, with invitations; whether it took place nobody has said."""
        self._invite([], certain=everyone)
        self._event(status="planned")
        self._agenda()

    def cancel(self) -> None:
        """Called off before it was to begin."""
        self._invite([])
        self._event(
            status="cancelled",
            cancelled_at=self.starts_at - timedelta(hours=self.chance.randrange(2, 40)),
            cancel_reason=self.chance.choice(_CANCELLED_FOR),
        )

    def hold(self) -> None:
        """It took place; who came is known by a code, by ticks or from a sheet."""
        voters = self.unit.members(self.day) if self.is_meeting else []
        if self.is_meeting and len(voters) < 3:
            return
        came = self._who_came(voters)
        if not came:
            return
        self._invite(came)
        by_code = self.chance.happens(self.habit.by_code)
        counted = self._head_count(came)
        quorum = self._quorum(len(voters))
        self._event(
            status="held",
            held_at=self.starts_at + _LASTS + timedelta(minutes=self.chance.randrange(30)),
            check_in_opened_at=self.starts_at - timedelta(minutes=15) if by_code else None,
            check_in_closed_at=self.starts_at + timedelta(minutes=40) if by_code else None,
            electorate=len(voters) if quorum else None,
            quorum=quorum,
            **counted,
        )
        for who in came:
            minutes = self.chance.randrange(-10, 35)
            code = by_code and self.chance.happens(0.9)
            self._attend(
                who,
                "code" if code else self.chance.choice(("ticks", "ticks", "sheet")),
                self.starts_at + timedelta(minutes=minutes),
                has_vote=who in voters,
            )
        if self.is_meeting:
            votes = sum(1 for who in came if who in voters)
            self._decide(
                came, votes, self.chance.choice(DISCUSSED) + " " + self.chance.choice(DISCUSSED)
            )

    def padded(self) -> None:
        """It never took place: the same faces, ticked late at night, under the same minutes."""
        voters = self.unit.members(self.day)
        if len(voters) < 3:
            return
        quorum = self._quorum(len(voters))
        faces = voters[: (self._quorum(len(voters), always=True) or 3) + 1]
        written = max(self.planned_at, self.starts_at + timedelta(hours=3))
        self.planned_at = written
        self._event(
            status="held",
            held_at=written + timedelta(minutes=4),
            electorate=len(voters) if quorum else None,
            quorum=quorum,
        )
        for who in faces:
            self._attend(who, "ticks", written + timedelta(minutes=1), has_vote=self.is_meeting)
        if self.is_meeting:
            self._decide(
                faces, len(faces), COPIED_MINUTES, published_at=written + timedelta(minutes=5)
            )

    # ------------------------------------------------------------------ who

    def _quorum(self, electorate: int, *, always: bool = False) -> int | None:
        rule = rule_for("general_meeting" if always else self.kind)
        return None if rule is None else rule.needed(electorate)

    def _who_came(self, voters: list[Made]) -> list[Made]:
        chance = self.chance
        if not self.is_meeting:
            return self._keenest(self.unit.known(self.day), chance.randrange(3, 11))
        needed = self._quorum(len(voters)) or 1
        if chance.happens(self.habit.quorate):
            number = min(len(voters), needed + chance.randrange(4))
        else:
            number = max(1, needed - 1 - chance.randrange(3))
        guests = [who for who in self.unit.known(self.day) if who.affiliation == "supporter"]
        return self._keenest(voters, number) + self._keenest(guests, chance.randrange(4))

    def _keenest(self, people: list[Made], number: int) -> list[Made]:
        """Mostly those who always come, and some who seldom do."""
        chance = self.chance
        ranked = sorted(
            ((who.keen + 0.7 * chance.random(), i) for i, who in enumerate(people)), reverse=True
        )
        return [people[i] for _, i in ranked[:number]]

    # ------------------------------------------------------------------ rows

    def _event(self, **given: object) -> None:
        values: dict[str, object] = {
            "id": self.id,
            "branch_id": self.unit.row.id,
            "place": self.unit.row.place,
            "kind": self.kind,
            "title": self.title,
            "venue": self.chance.choice(VENUES).format(n=self.chance.randrange(1, 40)),
            "starts_at": self.starts_at,
            "ends_at": self.starts_at + _LASTS,
            "needs_quorum": self.is_meeting,
            "planned_at": self.planned_at,
            "check_in_secret": f"{self.chance.getrandbits(128):032x}",
            "cancel_reason": "",
        }
        empty = dict.fromkeys(EventRow._fields[:-1])
        self.made.events.append(EventRow(**{**empty, **values, **given}))  # type: ignore[arg-type]  # named fields of the row

    def _head_count(self, came: list[Made]) -> dict[str, object]:
        if len(came) < 3 or not self.chance.happens(self.habit.confirmed):
            return {}
        counter, other = self.chance.some(came, 2)
        return {
            "head_count": len(came),
            "head_counted_at": self.starts_at + timedelta(minutes=40),
            "head_counted_by_id": counter.id,
            "head_count_confirmed_at": self.starts_at + timedelta(minutes=46),
            "head_count_confirmed_by_id": other.id,
        }

    def _attend(self, who: Made, means: str, at: datetime, *, has_vote: bool) -> None:
        self.made.attendances.append(
            AttendanceRow(
                self.chance.id(at.date()), self.unit.row.id, self.unit.row.place, self.id, who.id,
                self._participant(), means, at, has_vote,
            )
        )  # fmt: skip

    def _participant(self) -> str:
        return f"gone-{self.chance.getrandbits(96):024x}"

    def _invite(self, came: list[Made], *, certain: bool = False) -> None:
        chance = self.chance
        if not certain and not chance.happens(self.habit.invites):
            return
        known = self.unit.known(self.day)
        others = [who for who in known if who not in came]
        asked = [who for who in came if chance.happens(0.85)]
        asked += chance.some(others, max(0, _MOST_INVITED - len(asked)))
        invited_at = self.planned_at + timedelta(minutes=5)
        present = {who.id for who in came}
        for who in asked:
            self._invitation(who, invited_at, came=who.id in present)

    def _invitation(self, who: Made, invited_at: datetime, *, came: bool) -> None:
        chance = self.chance
        answer = through = ""
        answered_at = None
        if chance.happens(self.habit.answers * (1.3 if came else 0.8)):
            answer = chance.choices(("yes", "no", "unsure"), (8, 1, 1) if came else (2, 6, 2))[0]
            through = "link" if chance.happens(0.75) else "branch"
            hours = (self.starts_at - invited_at).total_seconds() / 3600
            answered_at = invited_at + timedelta(hours=max(0.1, hours * chance.random() * 0.9))
        token = (
            f"{chance.getrandbits(256):064x}" if through == "link" or chance.happens(0.5) else None
        )
        self.made.invitations.append(
            InvitationRow(
                chance.id(invited_at.date()), self.unit.row.id, self.unit.row.place, self.id,
                who.id, self._participant(), token, invited_at, answer, answered_at, through,
            )
        )  # fmt: skip

    def _agenda(self) -> None:
        if not self.is_meeting:
            return
        for number, text in enumerate(self.chance.some(AGENDA, self.chance.randrange(2, 4)), 1):
            self.made.agenda.append(
                AgendaItemRow(
                    self.chance.id(self.day), self.unit.row.id, self.unit.row.place, self.id,
                    number, text,
                )
            )  # fmt: skip

    def _decide(
        self,
        came: list[Made],
        votes: int,
        text: str,
        *,
        published_at: datetime | None = None,
    ) -> None:
        chance, row = self.chance, self.unit.row
        self._agenda()
        for number, decided in enumerate(chance.some(DECIDED, chance.randrange(1, 3)), 1):
            against = chance.randrange(2) if votes > 4 and published_at is None else 0
            self.made.resolutions.append(
                ResolutionRow(
                    chance.id(self.day), row.id, row.place, self.id, number, decided,
                    votes - against, against, 0,
                )
            )  # fmt: skip
        if published_at is None:
            days = (
                chance.randrange(1, 9)
                if chance.happens(self.habit.minuted)
                else chance.randrange(12, 40)
            )
            published_at = self.starts_at + timedelta(days=days)
        # What would be published later than today is still a draft.
        known = published_at if timezone.localdate(published_at) < self.today else None
        chair, secretary = came[0], came[-1]
        self.made.minutes.append(
            MinutesRow(
                chance.id(self.day), row.id, row.place, self.id, text, chair.id, secretary.id,
                known,
            )
        )  # fmt: skip
