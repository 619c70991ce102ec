"""What the meeting was to decide, what it decided, and its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.people.models import Person
from pervichka.work.events.actions.steps import (
    demand_not_cancelled,
    locked_to_run,
    note_correction,
    write_down,
)
from pervichka.work.events.models import (
    AgendaItem,
    Attendance,
    Event,
    EventStatus,
    Minutes,
    Resolution,
)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A resolution as it is written down: its text and the votes."""

    text: str
    votes_for: int
    votes_against: int = 0
    votes_abstained: int = 0

    @property
    def votes(self) -> int:
        return self.votes_for + self.votes_against + self.votes_abstained

    def __str__(self) -> str:
        return f"{self.text} ({self.votes_for}/{self.votes_against}/{self.votes_abstained})"


@transaction.atomic
def record_agenda(*, event: Event, items: Sequence[str], by: Actor, at: datetime) -> Event:
    """Write the agenda anew, in order, without empty lines. Publishing the minutes fixes it."""
    event = locked_to_run(event, by)
    demand_not_cancelled(event)
    if _published(event):
        raise refuse("the minutes are published: the agenda stands")
    texts = [text.strip() for text in items if text.strip()]
    there = list(AgendaItem.objects.filter(event=event).order_by("number"))
    if [item.text for item in there] == texts:
        return event
    AgendaItem.objects.filter(event=event).delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(event=event, branch=event.branch, place=event.place, number=number, text=text)
        for number, text in enumerate(texts, start=1)
    )
    write_down(event, "event.agenda_recorded", by=by, at=at, fields=["agenda"])
    return event


@transaction.atomic
def record_resolutions(
    *,
    event: Event,
    resolutions: Sequence[Decided],
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Event:
    """Write what was decided, all of it anew. After publication it is a correction with a reason.

    Raises `Refused` where there are more votes than people who came and had one.
    """
    event = locked_to_run(event, by)
    _demand_held(event)
    _check(resolutions, *_present(event))
    there = [
        Decided(
            text=row.text,
            votes_for=row.votes_for,
            votes_against=row.votes_against,
            votes_abstained=row.votes_abstained,
        )
        for row in Resolution.objects.filter(event=event).order_by("number")
    ]
    if there == list(resolutions):
        return event
    if _published(event):
        note_correction(
            event,
            "resolutions",
            before="\n".join(map(str, there)),
            after="\n".join(map(str, resolutions)),
            reason=reason,
            by=by,
            at=at,
        )
    Resolution.objects.filter(event=event).delete()
    Resolution.objects.bulk_create(
        Resolution(
            event=event,
            branch=event.branch,
            place=event.place,
            number=number,
            text=decided.text.strip(),
            votes_for=decided.votes_for,
            votes_against=decided.votes_against,
            votes_abstained=decided.votes_abstained,
        )
        for number, decided in enumerate(resolutions, start=1)
    )
    write_down(event, "event.resolutions_recorded", by=by, at=at, fields=["resolutions"])
    return event


@transaction.atomic
def record_minutes(
    *,
    event: Event,
    text: str,
    chair_id: UUID | None = None,
    secretary_id: UUID | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Minutes:
    """Write the minutes: a draft until published, then a correction with its reason."""
    event = locked_to_run(event, by)
    _demand_held(event)
    _demand_of_tree(event, chair_id, secretary_id)
    minutes = Minutes.objects.filter(event=event).first()
    if minutes is None:
        minutes = Minutes(event=event, branch=event.branch)
    elif (minutes.text, minutes.chair_id, minutes.secretary_id) == (
        text.strip(),
        chair_id,
        secretary_id,
    ):
        return minutes
    if minutes.published_at is not None:
        note_correction(
            event, "minutes", before=minutes.text, after=text.strip(), reason=reason, by=by, at=at
        )
    minutes.text = text.strip()
    minutes.chair_id = chair_id
    minutes.secretary_id = secretary_id
    minutes.save()
    write_down(event, "event.minutes_recorded", by=by, at=at, fields=["minutes"])
    return minutes


@transaction.atomic
def publish_minutes(*, event: Event, by: Actor, at: datetime) -> Minutes:
    """Publish the minutes: from then on they change by correction alone. Repeated, nothing happens.

    Raises `Refused` while there is neither a resolution nor a text.
    """
    event = locked_to_run(event, by)
    _demand_held(event)
    minutes = Minutes.objects.filter(event=event).first()
    if minutes is not None and minutes.published_at is not None:
        return minutes
    has_text = minutes is not None and minutes.text
    if not has_text and not Resolution.objects.filter(event=event).exists():
        raise refuse("the minutes are empty: write what was decided")
    if minutes is None:
        minutes = Minutes(event=event, branch=event.branch)
    minutes.published_at = at
    minutes.save()
    write_down(event, "event.minutes_published", by=by, at=at, fields=["published_at"])
    return minutes


def _demand_held(event: Event) -> None:
    demand_not_cancelled(event)
    if event.status != EventStatus.HELD:
        raise refuse("first say who came")


def _published(event: Event) -> bool:
    return Minutes.objects.filter(event=event, published_at__isnull=False).exists()


def _present(event: Event) -> tuple[int, int]:
    """How many people came, and how many of them at most had a vote.

    Whoever was counted and not listed may have had one; nobody counts twice, and no more voted
    than the electorate has.
    """
    listed = Attendance.objects.filter(event=event)
    came = max(listed.count(), event.head_count or 0)
    if event.electorate is None:
        return came, came
    without = listed.filter(has_vote=False).count()
    return came, min(came - without, event.electorate)


def _check(resolutions: Sequence[Decided], present: int, entitled: int) -> None:
    reasons = []
    for number, decided in enumerate(resolutions, start=1):
        if not decided.text.strip():
            reasons.append(Reason(message="write what was decided", column="text", line=number))
        if min(decided.votes_for, decided.votes_against, decided.votes_abstained) < 0:
            reasons.append(
                Reason(message="votes can't be fewer than none", column="votes", line=number)
            )
        elif decided.votes > present:
            reasons.append(
                Reason(
                    message="{votes} votes were given, and {present} people came",
                    params={"votes": decided.votes, "present": present},
                    column="votes",
                    line=number,
                )
            )
        elif decided.votes > entitled:
            reasons.append(
                Reason(
                    message="{votes} votes were given, and {entitled} of those who came had a vote",
                    params={"votes": decided.votes, "entitled": entitled},
                    column="votes",
                    line=number,
                )
            )
    if reasons:
        raise Refused(*reasons)


def _demand_of_tree(event: Event, *person_ids: UUID | None) -> None:
    wanted = {person_id for person_id in person_ids if person_id is not None}
    branch = event.branch
    people = Person.objects.filter(id__in=wanted, place__range=(branch.place, branch.place_end))
    came = Attendance.objects.filter(event=event, person_id__in=wanted)
    known = set(people.values_list("id", flat=True)) | set(came.values_list("person_id", flat=True))
    if wanted - known:
        raise refuse("the chair and the secretary must be of this branch or have come")
