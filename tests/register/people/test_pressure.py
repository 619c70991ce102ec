"""Reports of pressure are seen from the top of the tree, where they lie, by either lock alone."""

from dataclasses import replace

import pytest

from pervichka.foundation import clock
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import ControlCommission
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.branches.tree import WHOLE
from pervichka.register.people.actions import add_contact_point, report_pressure
from pervichka.register.people.models import PressureReport
from pervichka.register.people.queries import pressure_report, pressure_reports
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.people import a_person

pytestmark = pytest.mark.django_db
EMAIL = "anna@example.org"


@pytest.fixture
def branch() -> Branch:
    """Of which somebody reports pressure and wishes to be called."""
    made = a_primary_branch()
    person = a_person(branch=made)
    add_contact_point(person=person, kind="email", value=EMAIL, by=OPERATOR, at=LONG_AGO)
    report_pressure(
        person=person, pressed_to="join", may_call=True, by=oneself(person), at=clock.now()
    )
    return made


def test_the_commission_at_the_top_may_call(branch: Branch) -> None:
    top = head_of(Branch.objects.get(parent=None), role=ControlCommission)
    with acting_as(top):
        (report,) = pressure_reports(top)
        assert pressure_report(top, report.id) is not None
    assert report.name
    assert report.contacts == [("email", EMAIL)]


def test_one_of_a_region_sees_nothing_of_it_in_the_code_alone(branch: Branch) -> None:
    local = head_of(branch.parent, role=ControlCommission)
    assert pressure_reports(local) == []
    assert pressure_report(local, PressureReport.objects.get().id) is None


def test_nor_in_the_database_alone(branch: Branch) -> None:
    report = PressureReport.objects.get()
    local = head_of(branch.parent, role=ControlCommission)
    with acting_as(local):
        mistaken = replace(local, scope=WHOLE)
        assert pressure_reports(mistaken) == []
        assert pressure_report(mistaken, report.id) is None


def test_nobody_else_reads_one(branch: Branch) -> None:
    with pytest.raises(Forbidden):
        pressure_report(head_of(branch), PressureReport.objects.get().id)
