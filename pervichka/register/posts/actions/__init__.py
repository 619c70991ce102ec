"""What may happen to posts and those who hold them."""

from pervichka.register.branches.second_person import DECIDED_WITHIN
from pervichka.register.posts.actions.granting import (
    approve_grant,
    grant,
    refuse_grant,
)
from pervichka.register.posts.actions.helping import LONGEST, appoint_helper
from pervichka.register.posts.actions.holdings import appoint, end_term
from pervichka.register.posts.actions.leaving import leave_all
from pervichka.register.posts.actions.posts import close_post, open_post
from pervichka.register.posts.actions.slips import SlipOfHolder, print_slips
from pervichka.register.posts.actions.users import (
    reset_password,
    reset_second_factor,
    switch_off_user,
)

__all__ = [
    "DECIDED_WITHIN",
    "LONGEST",
    "SlipOfHolder",
    "appoint",
    "appoint_helper",
    "approve_grant",
    "close_post",
    "end_term",
    "grant",
    "leave_all",
    "open_post",
    "print_slips",
    "refuse_grant",
    "reset_password",
    "reset_second_factor",
    "switch_off_user",
]
