"""What is true of posts: who holds which, and what a user may do in one of them."""

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
    "PostChoice",
    "PostOfBranch",
    "SignInToTry",
    "acting_choices",
    "acting_user",
    "actor_for",
    "holdings_in_force",
    "posts_of_branch",
    "sign_ins_to_try",
    "user_to_try",
]
