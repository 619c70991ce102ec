"""What may happen to posts and those who hold them."""

from pervichka.register.posts.actions.holdings import appoint, end_term
from pervichka.register.posts.actions.posts import close_post, open_post
from pervichka.register.posts.actions.slips import SlipOfHolder, print_slips

__all__ = ["SlipOfHolder", "appoint", "close_post", "end_term", "open_post", "print_slips"]
