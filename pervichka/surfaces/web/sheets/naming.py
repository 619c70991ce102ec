"""Sheets that name somebody: the names draw on the budget and are journalled."""

from collections.abc import Sequence

from pervichka.register.people.queries.sheets import Sheet
from pervichka.surfaces.web.looking import show_people
from pervichka.surfaces.web.middleware import PageRequest


def show_sheets(request: PageRequest, sheets: Sequence[Sheet]) -> None:
    """Before sheets are shown that were printed for or signed by somebody: of each that one."""
    show_people(request, [one.branch_id for one in sheets if one.person or one.signed_by])
