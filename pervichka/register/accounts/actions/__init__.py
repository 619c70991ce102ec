"""What may happen to users, and the mark of an organisation that is made up."""

from pervichka.register.accounts.actions.made_up import begin_made_up, finish_stage
from pervichka.register.accounts.actions.resealing import reseal_sessions, sessions_by_version
from pervichka.register.accounts.actions.users import (
    create_user,
    note_activity,
    opaque_name,
    set_password,
    switch_off_user,
)

__all__ = [
    "begin_made_up",
    "create_user",
    "finish_stage",
    "note_activity",
    "opaque_name",
    "reseal_sessions",
    "sessions_by_version",
    "set_password",
    "switch_off_user",
]
