"""Named people of an event: for ticking, printing and inviting. Each read takes the actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.people.models import Affiliation, AffiliationKind, Person
from pervichka.work.events.models import Attendance, AttendanceMeans, Event, Invitation
from pervichka.work.events.queries.electorate import voters_of
from pervichka.work.events.queries.naming import demand_names

LONGEST_LIST = 500


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A person who may come, was asked, or came. `means` is empty for those who have not come."""

    person_id: UUID
    branch_id: UUID
    full_name: str
    short_name: str
    affiliation: str
    has_vote: bool
    answer: str | None  # none: not invited; empty: has not answered
    means: str
    answered_at: datetime | None = None
    answered_through: str = ""

    @property
    def came(self) -> bool:
        return bool(self.means)

    @property
    def by_code(self) -> bool:
        return self.means == AttendanceMeans.CODE


@dataclass(frozen=True, kw_only=True)
class Namelist:
    """At most `LONGEST_LIST` people, by last name; `total` is how many there are."""

    people: Sequence[Participant]
    total: int
    gone: int  # came, and were erased since: counted without a name

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.people)


def namelist(actor: Actor, event: Event) -> Namelist:
    """The people to tick: the branch's own, whoever was invited, whoever came. Seven queries."""
    demand_names(actor, event)
    branch = event.branch
    invited = Invitation.objects.filter(event=event, person__isnull=False)
    came = Attendance.objects.filter(event=event)
    people = Person.objects.filter(
        Q(place__range=(branch.place, branch.place_end))
        | Q(id__in=invited.values("person_id"))
        | Q(id__in=came.filter(person__isnull=False).values("person_id"))
    )
    found = list(people.order_by("name_key", "id")[: LONGEST_LIST + 1])
    total = len(found) if len(found) <= LONGEST_LIST else people.count()
    return Namelist(
        people=_participants(event, found[:LONGEST_LIST]),
        total=total,
        gone=came.filter(person=None).count(),
    )


def invitees(actor: Actor, event: Event) -> Sequence[Participant]:
    """Those invited, by name. Four queries."""
    demand_names(actor, event)
    invited = Invitation.objects.filter(event=event, person__isnull=False)
    people = Person.objects.filter(id__in=invited.values("person_id"))
    return _participants(event, list(people.order_by("name_key", "id")[:LONGEST_LIST]))


def _participants(event: Event, people: Sequence[Person]) -> Sequence[Participant]:
    ids = [person.id for person in people]
    invitations = {
        row.person_id: row for row in Invitation.objects.filter(event=event, person_id__in=ids)
    }
    means = dict(
        Attendance.objects.filter(event=event, person_id__in=ids).values_list("person_id", "means")
    )
    kinds = _affiliations(ids, event)
    voters = frozenset(voters_of(event).filter(id__in=ids).values_list("id", flat=True))
    return [
        Participant(
            person_id=person.id,
            branch_id=person.branch_id,
            full_name=person.full_name,
            short_name=person.short_name,
            affiliation=kinds.get(person.id, AffiliationKind.CONTACT),
            has_vote=person.id in voters,
            answer=invitations[person.id].answer if person.id in invitations else None,
            means=means.get(person.id, ""),
            answered_at=invitations[person.id].answered_at if person.id in invitations else None,
            answered_through=(
                invitations[person.id].answered_through if person.id in invitations else ""
            ),
        )
        for person in people
    ]


def _affiliations(person_ids: Sequence[UUID], event: Event) -> dict[UUID, str]:
    on = timezone.localdate(event.starts_at)
    in_force = Affiliation.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gt=on),
        person_id__in=person_ids,
    )
    return dict(in_force.values_list("person_id", "kind"))
