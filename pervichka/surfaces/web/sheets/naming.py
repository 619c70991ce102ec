"""Sheets that name somebody: the names draw on the budget and are journalled."""

from collections.abc import Sequence
from uuid import UUID

from pervichka.foundation import clock
from pervichka.register.disclosure.actions import show_list
from pervichka.register.people.queries.sheets import Sheet
from pervichka.surfaces.web.middleware import PageRequest


def show_sheets(request: PageRequest, sheets: Sequence[Sheet]) -> None:
    """Before sheets are shown that were printed for or signed by somebody: of each that one."""
    show_people(request, [one.branch_id for one in sheets if one.person or one.signed_by])


def show_people(request: PageRequest, people: Sequence[UUID]) -> None:
    """Before people are named, given by the branch of each. Raises `BudgetExhausted`."""
    show_list(what="people", people=people, branch=None, by=request.actor, at=clock.now())
