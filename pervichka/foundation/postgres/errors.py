"""What goes wrong between us and PostgreSQL, said so that a person can act on it."""


class PostgresUnavailable(Exception):
    """The database cannot be used; the message says why and what to do about it."""
