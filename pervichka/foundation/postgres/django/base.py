"""Django's PostgreSQL backend, which sees to the server before the first connection.

So settings stay plain values, and no command can forget to start the server or to hold a lease: the
lease is taken when Django first connects and ends with the process.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from pervichka.foundation.postgres.connection import connect_info
from pervichka.foundation.postgres.ready import ready


class DatabaseWrapper(base.DatabaseWrapper):
    """Knows a role (OPTIONS["pervichka_role"]) in place of a user and a password."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        options = dict(settings_dict.get("OPTIONS", {}))
        try:
            self._role = options.pop("pervichka_role")
        except KeyError:
            raise ImproperlyConfigured("Use postgres.django_settings(role).") from None
        super().__init__({**settings_dict, "OPTIONS": options}, alias)

    def get_connection_params(self) -> dict[str, Any]:
        ready()
        where = connect_info(self._role, self.settings_dict["NAME"] or None)
        self.settings_dict.update(
            HOST=where.host, PORT=str(where.port), USER=where.user, PASSWORD=where.password
        )
        return {**super().get_connection_params(), **dict(where.options)}
