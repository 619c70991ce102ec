"""What may happen to texts and controllers."""

from pervichka.register.texts.actions.controllers import end_controller, name_controller
from pervichka.register.texts.actions.publishing import (
    Published,
    approve_text,
    propose_text,
    refuse_text,
)

__all__ = [
    "Published",
    "approve_text",
    "end_controller",
    "name_controller",
    "propose_text",
    "refuse_text",
]
