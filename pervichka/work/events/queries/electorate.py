"""Who is of a branch on a day, and who of them has a vote at a meeting."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Affiliation, AffiliationKind, Person
from pervichka.work.events.models import Event, Invitation
from pervichka.work.events.quorum import Electorate, rule_for

_WHERE_NO_MEMBERS = (AffiliationKind.SUPPORTER, AffiliationKind.CANDIDATE)


def people_of(branch: Branch, kinds: Collection[str], *, on: date) -> QuerySet[Person]:
    """People of the branch and below it who are one of `kinds` on that day.

    Someone with no affiliation in force is a contact.
    """
    in_force = Affiliation.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gt=on),
        person_id=OuterRef("id"),
    )
    wanted = Q(Exists(in_force.filter(kind__in=list(kinds))))
    if AffiliationKind.CONTACT in kinds:
        wanted |= ~Q(Exists(in_force))
    return Person.objects.filter(
        Q(known_since=None) | Q(known_since__lte=on),
        wanted,
        place__range=(branch.place, branch.place_end),
    )


def voters_of(event: Event) -> QuerySet[Person]:
    """Those who have a vote on the event's day; none where nothing is decided."""
    rule = rule_for(event.kind) if event.needs_quorum else None
    if rule is None:
        return Person.objects.none()
    if rule.of is Electorate.INVITED:
        invited = Invitation.objects.filter(event=event, person__isnull=False)
        return Person.objects.filter(id__in=invited.values("person_id"))
    on = timezone.localdate(event.starts_at)
    members = people_of(event.branch, [AffiliationKind.MEMBER], on=on)
    return members if members.exists() else people_of(event.branch, _WHERE_NO_MEMBERS, on=on)


def quorum_of(event: Event, electorate: int) -> int | None:
    """How many of the electorate must come; none where nothing is decided."""
    rule = rule_for(event.kind) if event.needs_quorum else None
    return None if rule is None else rule.needed(electorate)
