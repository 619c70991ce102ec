"""What the control commission hears of pressure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import EVERYTHING
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.people.models import PressureReport

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
    demand(actor, Permission.RECEIVE_PRESSURE)
    reports = PressureReport.objects.select_related("about", "person")
    open_ = reports.filter(handled_at=None).order_by("reported_at", "id")
    done = reports.exclude(handled_at=None).order_by("-handled_at", "id")
    # The commission sees no people but those who asked it to call, wherever they are.
    with within(EVERYTHING):
        return [_pressed(one) for one in [*open_[:MOST], *done[:MOST]]]


def pressure_report(actor: Actor, report_id: UUID) -> PressureReport | None:
    if not actor.may(Permission.RECEIVE_PRESSURE):
        return None
    return PressureReport.objects.select_related("branch").filter(id=report_id).first()


def _pressed(report: PressureReport) -> Pressed:
    person = None if report.handled_at else report.person
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
