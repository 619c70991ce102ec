"""What goes wrong between us and PostgreSQL, said so that a person can act on it."""

_INSUFFICIENT_PRIVILEGE, _UNIQUE_VIOLATION = "42501", "23505"


class PostgresUnavailable(Exception):
    """The database cannot be used; the message says why and what to do about it."""


def held_back(error: BaseException) -> bool:
    """Whether the database itself refused it, by its lock on rows or by a role's rights."""
    return _state(error) == _INSUFFICIENT_PRIVILEGE


def is_taken(error: BaseException) -> bool:
    """Whether what has to be unique is there already, be it out of sight."""
    return _state(error) == _UNIQUE_VIOLATION


def _state(error: BaseException) -> object:
    """PostgreSQL's code of what went wrong; the driver need not be there to ask."""
    return getattr(error.__cause__, "sqlstate", None)
