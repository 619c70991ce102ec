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
    waits_for_second,
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
    own_posts,
    posts_of_branch,
)
from pervichka.register.posts.queries.looks import Look, who_entered, who_looked_at
from pervichka.register.posts.queries.trying import SignInToTry, sign_ins_to_try, user_to_try

__all__ = [
    "ComingIn",
    "ComingInList",
    "Holding",
    "HoldingFilter",
    "Look",
    "PostChoice",
    "PostOfBranch",
    "Proposal",
    "SignInToTry",
    "acting_choices",
    "acting_user",
    "actor_for",
    "coming_in",
    "helpers_of",
    "holding_of",
    "holding_to_end",
    "holdings_in_force",
    "holdings_of",
    "is_proposal",
    "never_signed_in",
    "own_posts",
    "own_term_ends_on",
    "posts_of_branch",
    "proposals_waiting",
    "reaches_above_primary",
    "roles_to_grant",
    "sign_ins_to_try",
    "user_to_try",
    "waits_for_second",
    "who_entered",
    "who_looked_at",
]
