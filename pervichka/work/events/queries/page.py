"""Everything that one event's page says, without names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.events import evidence
from pervichka.work.events.evidence import Came, Count, Evidence
from pervichka.work.events.models import (
    AgendaItem,
    Answer,
    Attendance,
    AttendanceMeans,
    Correction,
    Event,
    EventStatus,
    Invitation,
    Minutes,
    Resolution,
)
from pervichka.work.events.queries.electorate import quorum_of, voters_of


@dataclass(frozen=True, kw_only=True)
class Answers:
    """How the invited answered."""

    invited: int
    yes: int
    no: int
    unsure: int

    @property
    def silent(self) -> int:
        return self.invited - self.yes - self.no - self.unsure


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Who came, in numbers, and how well it is known.

    `quorum`, `electorate` and `with_vote` are settled once the event is held and as things stand
    before that; `quorum` is none where nothing is decided. `known` is the evidence that it took
    place and `quorum_known` that there was a quorum (none: there was not).
    """

    came: int
    by_code: int
    by_tick: int
    by_sheet: int
    head_count: int | None
    confirmed_at: datetime | None
    electorate: int | None
    quorum: int | None
    with_vote: int
    known: Evidence
    quorum_known: Evidence | None
    from_above: bool

    @property
    def has_quorum(self) -> bool:
        return self.quorum is not None and self.with_vote >= self.quorum

    @property
    def missing(self) -> int:
        """How many more with a vote must come."""
        return 0 if self.quorum is None else max(self.quorum - self.with_vote, 0)


@dataclass(frozen=True, kw_only=True)
class EventPage:
    """One event, its numbers and what it decided."""

    event: Event
    answers: Answers
    presence: Presence
    agenda: Sequence[AgendaItem]
    resolutions: Sequence[Resolution]
    minutes: Minutes | None
    corrections: Sequence[Correction]

    @property
    def entered_late(self) -> bool:
        return self.event.planned_at > self.event.starts_at


def event_page(actor: Actor, event: Event) -> EventPage:
    """The page of an event that `event_of` gave. At most nine queries, however many came."""
    demand(actor, Permission.SEE_EVENTS, event)
    return EventPage(
        event=event,
        answers=answers_of(event),
        presence=presence_of(event),
        agenda=list(AgendaItem.objects.filter(event=event).order_by("number")),
        resolutions=list(Resolution.objects.filter(event=event).order_by("number")),
        minutes=Minutes.objects.filter(event=event).select_related("chair", "secretary").first(),
        corrections=list(Correction.objects.filter(event=event).order_by("-corrected_at", "-id")),
    )


def answers_of(event: Event) -> Answers:
    counted = Counter(Invitation.objects.filter(event=event).values_list("answer", flat=True))
    return Answers(
        invited=counted.total(),
        yes=counted[Answer.YES],
        no=counted[Answer.NO],
        unsure=counted[Answer.UNSURE],
    )


def presence_of(event: Event) -> Presence:
    """Numbers of those who came, as settled or, before the event is held, as things stand."""
    attended = Attendance.objects.filter(event=event)
    if event.status == EventStatus.PLANNED:
        voters = voters_of(event)
        electorate: int | None = voters.count()
        quorum = quorum_of(event, electorate or 0)
        present = voters.filter(id__in=attended.values("person_id"))
        has_vote = frozenset(present.values_list("id", flat=True))
        attended = attended.annotate(votes=Q(person_id__in=has_vote))
    else:
        electorate, quorum = event.electorate, event.quorum
        attended = attended.annotate(votes=F("has_vote"))
    came = [
        Came(means=means, recorded_at=at, has_vote=votes, from_above=above)
        for means, at, votes, above in attended.values_list(
            "means", "recorded_at", "votes", "from_above"
        )
    ]
    count = Count(
        heads=event.head_count,
        confirmed_at=event.head_count_confirmed_at,
        from_above=event.head_count_from_above,
    )
    by_means = Counter(row.means for row in came)
    return Presence(
        came=len(came),
        by_code=by_means[AttendanceMeans.CODE],
        by_tick=by_means[AttendanceMeans.TICKS],
        by_sheet=by_means[AttendanceMeans.SHEET],
        head_count=event.head_count,
        confirmed_at=event.head_count_confirmed_at,
        electorate=None if quorum is None else electorate,
        quorum=quorum,
        with_vote=sum(row.has_vote for row in came),
        known=evidence.of_event(came, count),
        quorum_known=None if quorum is None else evidence.of_quorum(came, count, quorum=quorum),
        # Something entered by the branch above awaits the word of the branch's own secretary.
        from_above=count.from_above or any(row.from_above for row in came),
    )
