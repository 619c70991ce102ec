"""What may happen to an event. Every action is atomic and journalled as `event.…`.

`by` is who acts: a post-holder with the right to run events there, or, where an action says so,
a participant (`Actor.person_id`), known by their sign-in or by their personal link.
"""

from pervichka.work.events.actions.attending import (
    check_in_with_code,
    close_check_in,
    open_check_in,
    tick_attendance,
)
from pervichka.work.events.actions.confirming import confirm_entries
from pervichka.work.events.actions.correcting import Plan, cancel_event, correct_event
from pervichka.work.events.actions.counting import confirm_head_count, record_head_count
from pervichka.work.events.actions.deciding import (
    Decided,
    publish_minutes,
    record_agenda,
    record_minutes,
    record_resolutions,
)
from pervichka.work.events.actions.holding import hold_event
from pervichka.work.events.actions.inviting import (
    PersonalLink,
    answer_invitation,
    invite,
    record_answer,
    renew_link,
)
from pervichka.work.events.actions.planning import plan_event
from pervichka.work.events.actions.steps import DOORS_OPEN_BEFORE

__all__ = [
    "DOORS_OPEN_BEFORE",
    "Decided",
    "PersonalLink",
    "Plan",
    "answer_invitation",
    "cancel_event",
    "check_in_with_code",
    "close_check_in",
    "confirm_entries",
    "confirm_head_count",
    "correct_event",
    "hold_event",
    "invite",
    "open_check_in",
    "plan_event",
    "publish_minutes",
    "record_agenda",
    "record_answer",
    "record_head_count",
    "record_minutes",
    "record_resolutions",
    "renew_link",
    "tick_attendance",
]
