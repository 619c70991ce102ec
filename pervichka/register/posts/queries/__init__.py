"""What is true of posts: who holds which, and what a user may do in one of them."""

from pervichka.register.posts.queries.access import (
    Holding,
    HoldingFilter,
    Proposal,
    helpers_of,
    holding_of,
    holding_to_end,
    holdings_of,
    is_proposal,
    never_signed_in,
    own_term_ends_on,
    proposals_waiting,
    roles_to_grant,
    user_to_help,
    waits_for_second,
)
from pervichka.register.posts.queries.acted import (
    UserInJournal,
    actor_in_journal,
    users_in_journal,
)
from pervichka.register.posts.queries.coming_in import (
    ComingIn,
    ComingInList,
    coming_in,
    reaches_above_primary,
)
from pervichka.register.posts.queries.holdings import (
    PostChoice,
    PostOfBranch,
    acting_choices,
    acting_user,
    actor_for,
    holdings_in_force,
    posts_of_branch,
)
from pervichka.register.posts.queries.trying import SignInToTry, sign_ins_to_try, user_to_try

__all__ = [
    "ComingIn",
    "ComingInList",
    "Holding",
    "HoldingFilter",
    "PostChoice",
    "PostOfBranch",
    "Proposal",
    "SignInToTry",
    "UserInJournal",
    "acting_choices",
    "acting_user",
    "actor_for",
    "actor_in_journal",
    "coming_in",
    "helpers_of",
    "holding_of",
    "holding_to_end",
    "holdings_in_force",
    "holdings_of",
    "is_proposal",
    "never_signed_in",
    "own_term_ends_on",
    "posts_of_branch",
    "proposals_waiting",
    "reaches_above_primary",
    "roles_to_grant",
    "sign_ins_to_try",
    "user_to_help",
    "user_to_try",
    "users_in_journal",
    "waits_for_second",
]
