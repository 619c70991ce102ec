"""What somebody of the register wrote to branches, and what is left of it in the tables."""

from datetime import timedelta

from django.db import connection

from pervichka.register.people.models import Person
from pervichka.work.casework.actions import add_file, add_note
from pervichka.work.casework.sealed import CELLS
from tests.builders import casework
from tests.builders.actors import OPERATOR
from tests.builders.events import AFTER


def appeal_of(anna: Person, *, name: str, phone: str, email: str, address: str) -> None:
    """She appealed twice, and booked a visit; a neighbour appealed too."""
    mine = casework.given(name=name, phone=phone, words=f"Течёт, {address}")
    there = casework.taken_down(branch=anna.branch, what=mine, at=AFTER)
    add_file(appeal=there, content=b"%PDF-1.4 " + email.encode(), by=OPERATOR, at=AFTER)
    add_note(appeal=there, text=name, by=OPERATOR, at=AFTER)
    by_mail = casework.given(phone="", email=email, words="Опять течёт")
    casework.an_appeal(branch=anna.branch.parent, what=by_mail, at=AFTER)
    casework.a_visit(
        branch=anna.branch, begins_at=AFTER + timedelta(days=4), at=AFTER, name=name, phone=phone
    )
    casework.taken_down(branch=anna.branch, at=AFTER)


def written_to_branches() -> list[str]:
    """What lies sealed in the tables of appeals, opened."""
    found = []
    for cell in CELLS:
        with connection.cursor() as cursor:
            cursor.execute(f"select id, {cell.column} from {cell.table}")
            found += [
                cell.open_bytes(id_, kept).decode() for id_, kept in cursor.fetchall() if kept
            ]
    return found
