"""Where the database is and as whom to connect. Reads the environment; opens no connection.

Each role signs in with a password of its own, derived from `keys/postgres` in PERVICHKA_HOME, on
the embedded server and on any other alike. So there is one way of signing in to understand, and
whoever is handed the address of one role cannot sign in as another.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from pervichka.foundation import home
from pervichka.foundation.postgres import layout
from pervichka.foundation.postgres.errors import PostgresUnavailable

Role = Literal["owner", "app", "extract", "backup", "admin"]
OUR_ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "admin")
DATABASE = "pervichka"
VARIABLE = "DATABASE_URL"
_KEY = "postgres"
_SUPERUSER = "postgres"
_DEFAULT_PORT = 5432


@dataclass(frozen=True)
class Connection:
    """One way into one database. `host` is a name, an address or the folder of a socket."""

    host: str
    port: int
    dbname: str
    user: str
    password: str
    # What else DATABASE_URL asks for, such as sslmode, as pairs of names and values.
    options: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """postgresql://…, as libpq, psycopg and ADBC read it."""
        sign_in = quote(self.user, safe="")
        if self.password:
            sign_in += ":" + quote(self.password, safe="")
        name = quote(self.dbname, safe="")
        if self.host.startswith("/"):
            query = urlencode([("host", self.host), ("port", str(self.port)), *self.options])
            return f"postgresql://{sign_in}@/{name}?{query}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        query = "?" + urlencode(self.options) if self.options else ""
        return f"postgresql://{sign_in}@{host}:{self.port}/{name}{query}"

    def to(self, dbname: str) -> "Connection":
        """The same, into another database of the same server."""
        return replace(self, dbname=dbname)

    def __repr__(self) -> str:
        # A password must not reach a log by way of a traceback.
        return f"Connection({self.user} at {self.host}:{self.port}/{self.dbname})"


def is_embedded() -> bool:
    """Whether the database is our own server rather than one that DATABASE_URL names."""
    return not os.environ.get(VARIABLE)


def role_name(role: Role) -> str:
    """The role's name in the database, the same everywhere, so that migrations may spell it."""
    return connect_info(role).user if role == "admin" else f"pervichka_{role}"


def connect_info(role: Role, dbname: str | None = None) -> Connection:
    """How `role` connects, to `dbname` or to the database of this installation.

    "admin" is who prepares the roles: the embedded server's superuser, or the user DATABASE_URL
    names. The server need not be running. Raises PostgresUnavailable for a wrong DATABASE_URL.
    """
    base = _embedded() if is_embedded() else _read(os.environ[VARIABLE])
    if role != "admin":
        user = f"pervichka_{role}"
        base = replace(base, user=user, password=derived_password(user))
    return base.to(dbname) if dbname else base


def derived_password(user: str) -> str:
    """The password of a role of ours: the same on every machine that has the same key file."""
    return hmac.new(home.secret(_KEY), user.encode(), hashlib.sha256).hexdigest()


def key_file() -> Path:
    """The file from which the passwords follow; all machines on one database need the same."""
    return home.home() / "keys" / _KEY


def django_settings(role: Role) -> dict[str, Any]:
    """One entry of Django's DATABASES. Nothing is started or read until Django connects."""
    return {
        "ENGINE": "pervichka.foundation.postgres.django",
        # The backend fills in host, port, user and password from the role at the first connection.
        "NAME": _read(os.environ[VARIABLE]).dbname if not is_embedded() else DATABASE,
        "OPTIONS": {"pervichka_role": role},
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }


def _embedded() -> Connection:
    folder = str(layout.reachable_socket_folder())
    password = derived_password(_SUPERUSER)
    return Connection(folder, layout.PORT, DATABASE, _SUPERUSER, password)


@lru_cache(maxsize=8)
def _read(url: str) -> Connection:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise PostgresUnavailable(
            f"{VARIABLE} must look like postgresql://user:password@host:port/database."
        )
    try:
        port = parts.port or _DEFAULT_PORT
    except ValueError as error:
        raise PostgresUnavailable(f"{VARIABLE} has a wrong port: {error}.") from None
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "") or "localhost"
    port = int(options.pop("port", port))
    user = options.pop("user", "") or unquote(parts.username or "")
    password = options.pop("password", "") or unquote(parts.password or "")
    dbname = options.pop("dbname", "") or unquote(parts.path.lstrip("/")) or DATABASE
    if not user:
        raise PostgresUnavailable(f"{VARIABLE} names no user.")
    return Connection(host, port, dbname, user, password, tuple(options.items()))
