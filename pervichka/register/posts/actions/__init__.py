"""What may happen to posts and those who hold them."""

from pervichka.register.posts.actions.holdings import appoint, end_term
from pervichka.register.posts.actions.posts import close_post, open_post

__all__ = ["appoint", "close_post", "end_term", "open_post"]
