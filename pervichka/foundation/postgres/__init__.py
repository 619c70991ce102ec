"""PostgreSQL: the embedded server or the one that DATABASE_URL names, its roles, its addresses.

    postgres.ready()                  the server runs, its roles and database are there
    postgres.connect_info("app")      where and as whom to connect; `.url` is the same as text
    postgres.django_settings("app")   the same for Django's DATABASES, with nothing done yet
    with postgres.lease(): ...        the embedded server stays up meanwhile

Nothing here imports Django (but `django/`, which Django itself loads) and importing starts nothing.
"""

from pervichka.foundation.postgres.connection import (
    OUR_ROLES,
    Connection,
    Role,
    connect_info,
    django_settings,
    is_embedded,
    role_name,
)
from pervichka.foundation.postgres.errors import PostgresUnavailable
from pervichka.foundation.postgres.lease import ensure_running, lease, stop
from pervichka.foundation.postgres.ready import ready
from pervichka.foundation.postgres.roles import prepare_roles_and_database

__all__ = [
    "OUR_ROLES",
    "Connection",
    "PostgresUnavailable",
    "Role",
    "connect_info",
    "django_settings",
    "ensure_running",
    "is_embedded",
    "lease",
    "prepare_roles_and_database",
    "ready",
    "role_name",
    "stop",
]
