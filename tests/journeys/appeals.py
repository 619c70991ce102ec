"""Appeals and open hours of the branch that journeys visit."""

from datetime import datetime, timedelta

from pervichka.register.branches.models import Branch
from pervichka.work.casework import actions
from pervichka.work.casework.queries import code_of
from tests.builders import casework
from tests.builders.actors import OPERATOR


def appeals_of(seven: Branch, now: datetime) -> dict[str, str]:
    """Their ids and addresses: one in every state, a letter, open hours with a visitor."""
    weeks = timedelta(days=7)
    fresh = casework.an_appeal(branch=seven, at=now - timedelta(hours=3))
    late = casework.registered(branch=seven, at=now - 7 * weeks)
    answered = casework.answered(branch=seven, at=now - 2 * weeks)
    closed = casework.answered(branch=seven, at=now - 4 * weeks)
    actions.record_solved(appeal=closed, told="По телефону", by=OPERATOR, at=now)
    letter = actions.send_letter(
        appeal=late, authority="Горсвет", text="Просим починить.", by=OPERATOR, at=now
    )
    actions.add_file(appeal=answered, content=b"%PDF-1.4 an act", by=OPERATOR, at=now)
    actions.write_template(
        branch=seven, title="Осмотр двора", subject="yard", text="{имя}!", by=OPERATOR, at=now
    )
    begins = (now + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    booking = casework.a_visit(branch=seven, begins_at=begins, at=now)
    return {
        "fresh": str(fresh.id),
        "late": str(late.id),
        "answered": str(answered.id),
        "closed": str(closed.id),
        "letter": str(letter.id),
        "hours": str(booking.surgery_id),
        "own_late": f"{late.number}/{code_of(late.id)}",
        "own_answered": f"{answered.number}/{code_of(answered.id)}",
        "own_visit": f"{booking.number}/{code_of(booking.id)}",
    }
