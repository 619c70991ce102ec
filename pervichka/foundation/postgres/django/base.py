"""Django's PostgreSQL backend, which sees to the server before the first connection.

So settings stay plain values, and no command can forget to start the server or to hold a lease: the
lease is taken when Django first connects and ends with the process.

It also sees that no transaction of the application's begins without the scope in force. A
statement outside any transaction gets one of its own, for a scope holds no longer than that.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from pervichka.foundation.postgres import scope
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
        if self.is_scoped:
            self.execute_wrappers.append(self._in_a_transaction)

    @property
    def is_scoped(self) -> bool:
        """Whether row-level security binds the role to a scope; the owner has the whole."""
        return bool(self._role == "app")

    def get_connection_params(self) -> dict[str, Any]:
        ready()
        where = connect_info(self._role, self.settings_dict["NAME"] or None)
        self.settings_dict.update(
            HOST=where.host, PORT=str(where.port), USER=where.user, PASSWORD=where.password
        )
        return {**super().get_connection_params(), **dict(where.options)}

    def enter_scope(self) -> None:
        """The scope in force becomes that of the open transaction, if there is one."""
        if self.connection is None or not self.is_scoped:
            return
        # One that has failed, or whose connection broke, sees nothing any more.
        lost = {TransactionStatus.INERROR, TransactionStatus.UNKNOWN}
        if self.in_atomic_block and self.connection.info.transaction_status not in lost:
            scope.enter(self.connection, scope.current())

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 - Django's signature
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs leave it out
        if not autocommit and self.is_scoped and scope.current() is not None:
            scope.enter(self.connection, scope.current())

    def _in_a_transaction(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001 - Django's signature
        context: Any,
    ) -> Any:
        if self.in_atomic_block or not self.get_autocommit() or scope.current() is None:
            return execute(sql, params, many, context)
        with transaction.atomic(using=self.alias):
            return execute(sql, params, many, context)
