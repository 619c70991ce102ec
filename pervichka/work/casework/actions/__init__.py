"""What may happen to an appeal. Every action is atomic and journalled as `appeal.…`.

`by` is who acts: a post-holder who sees to appeals there, or, where an action says so, the
applicant, known by number and code.
"""

from pervichka.work.casework.actions.answering import answer_appeal, extend_appeal
from pervichka.work.casework.actions.handing import assign_appeal, forward_appeal, take_over
from pervichka.work.casework.actions.noting import add_note
from pervichka.work.casework.actions.receiving import (
    Given,
    Received,
    check_given,
    receive_appeal,
    record_appeal,
)
from pervichka.work.casework.actions.registering import change_subject, register_appeal
from pervichka.work.casework.actions.settling import (
    confirm_solved,
    rate,
    record_reopened,
    record_solved,
    reopen,
    settle_silent,
)
from pervichka.work.casework.actions.steps import TEXT_LENGTH

__all__ = [
    "TEXT_LENGTH",
    "Given",
    "Received",
    "add_note",
    "answer_appeal",
    "assign_appeal",
    "change_subject",
    "check_given",
    "confirm_solved",
    "extend_appeal",
    "forward_appeal",
    "rate",
    "receive_appeal",
    "record_appeal",
    "record_reopened",
    "record_solved",
    "register_appeal",
    "reopen",
    "settle_silent",
    "take_over",
]
