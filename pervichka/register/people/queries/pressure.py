"""What the control commission hears of pressure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import EVERYTHING
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.people.models import Person, PressureReport

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A report. `name` and `contacts` are there only where the person wishes to be called."""

    id: UUID
    branch: str
    branch_id: UUID
    branch_code: str
    pressed_to: str
    reported_at: datetime
    handled_at: datetime | None
    name: str
    contacts: Sequence[tuple[str, str]]


def pressure_reports(actor: Actor) -> Sequence[Pressed]:
    """Those not yet handled, the oldest first, then the latest of the others."""
    found = _visible(actor)
    open_ = found.filter(handled_at=None).order_by("reported_at", "id")
    done = found.exclude(handled_at=None).order_by("-handled_at", "id")
    reports = [*open_[:MOST], *done[:MOST]]
    wish = [one.person_id for one in reports if one.person_id and one.handled_at is None]
    # The commission sees no people but those who asked it to call, wherever they are.
    with within(EVERYTHING):
        people = Person.objects.prefetch_related("contact_points").in_bulk(wish)
        return [_pressed(one, people.get(one.person_id)) for one in reports]


def pressure_report(actor: Actor, report_id: UUID) -> PressureReport | None:
    """Of the actor's part of the tree; none elsewhere. Raises `Forbidden`."""
    return _visible(actor).filter(id=report_id).first()


def _visible(actor: Actor) -> QuerySet[PressureReport]:
    demand(actor, Permission.RECEIVE_PRESSURE)
    if actor.scope is None:
        return PressureReport.objects.none()
    there = PressureReport.objects.filter(place__range=(actor.scope.start, actor.scope.end))
    return there.select_related("branch", "about")


def _pressed(report: PressureReport, person: Person | None) -> Pressed:
    points = [] if person is None else list(person.contact_points.all())
    return Pressed(
        id=report.id,
        branch=branch_label(report.about),
        branch_id=report.about_id,
        branch_code=report.about.code,
        pressed_to=report.pressed_to,
        reported_at=report.reported_at,
        handled_at=report.handled_at,
        name="" if person is None else person.full_name,
        contacts=sorted((point.kind, point.value) for point in points),
    )
