"""What is true of posts: who holds which, and what a user may do in one of them."""

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
    "PostChoice",
    "PostOfBranch",
    "SignInToTry",
    "acting_choices",
    "acting_user",
    "actor_for",
    "coming_in",
    "holdings_in_force",
    "posts_of_branch",
    "reaches_above_primary",
    "sign_ins_to_try",
    "user_to_try",
]
