"""What may happen to an appeal (journalled as `appeal.…`) and in open hours (`surgery.…`).

`by` is who acts: a post-holder who sees to appeals there, or, where an action says so, the
applicant, known by number and code.
"""

from pervichka.work.casework.actions.answering import answer_appeal, extend_appeal
from pervichka.work.casework.actions.attaching import MOST_BYTES, MOST_FILES, add_file
from pervichka.work.casework.actions.forgetting import withdraw_all_of, withdraw_own
from pervichka.work.casework.actions.handing import assign_appeal, forward_appeal, take_over
from pervichka.work.casework.actions.letters import record_reply, send_letter
from pervichka.work.casework.actions.looking import (
    look_at_applicant,
    look_at_file,
    look_at_visitors,
)
from pervichka.work.casework.actions.noting import add_note
from pervichka.work.casework.actions.reaching import Reached, reach_applicant
from pervichka.work.casework.actions.receiving import (
    Given,
    Received,
    check_given,
    receive_appeal,
    record_appeal,
)
from pervichka.work.casework.actions.registering import change_subject, register_appeal
from pervichka.work.casework.actions.resealing import casework_by_version, reseal_casework
from pervichka.work.casework.actions.settling import (
    confirm_solved,
    rate,
    record_reopened,
    record_solved,
    reopen,
    settle_silent,
)
from pervichka.work.casework.actions.steps import TEXT_LENGTH
from pervichka.work.casework.actions.surgeries import (
    MOST_WEEKS,
    announce_surgeries,
    book_slot,
    cancel_booking,
    cancel_surgery,
    free_slots,
    hold_surgery,
    say_received,
)
from pervichka.work.casework.actions.telling import mark_told
from pervichka.work.casework.actions.templates import withdraw_template, write_template

__all__ = [
    "MOST_BYTES",
    "MOST_FILES",
    "MOST_WEEKS",
    "TEXT_LENGTH",
    "Given",
    "Reached",
    "Received",
    "add_file",
    "add_note",
    "announce_surgeries",
    "answer_appeal",
    "assign_appeal",
    "book_slot",
    "cancel_booking",
    "cancel_surgery",
    "casework_by_version",
    "change_subject",
    "check_given",
    "confirm_solved",
    "extend_appeal",
    "forward_appeal",
    "free_slots",
    "hold_surgery",
    "look_at_applicant",
    "look_at_file",
    "look_at_visitors",
    "mark_told",
    "rate",
    "reach_applicant",
    "receive_appeal",
    "record_appeal",
    "record_reopened",
    "record_reply",
    "record_solved",
    "register_appeal",
    "reopen",
    "reseal_casework",
    "say_received",
    "send_letter",
    "settle_silent",
    "take_over",
    "withdraw_all_of",
    "withdraw_own",
    "withdraw_template",
    "write_template",
]
