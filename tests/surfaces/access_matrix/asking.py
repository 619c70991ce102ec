"""A request as a policy describes it, what came back, and what it changed."""

import html
import io
import json as json_
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from pervichka.register.branches.acting import OPERATOR, acting_as
from tests.surfaces.access_matrix.policies import KNOWN, Policy
from tests.surfaces.access_matrix.rooms import Room
from tests.surfaces.access_matrix.routes import Route

# Tables that tell of the visit itself, not of what was asked for.
_OF_VISITS = {"session", "account_device", "sign_in_tally", "row_budget"}
_SECRETS = re.compile(r"[A-Za-z0-9]{64}")
_HEADERS = ("Content-Type", "Cache-Control", "Content-Disposition", "Location", "Allow")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Ask:
    """A request whose braces are filled in from a room: its address from one, its form too."""

    method: str
    address: str
    body: str = ""
    json: Any = None

    @property
    def names_something(self) -> bool:
        """Whether it is about one room rather than about all that the actor sees."""
        return "{" in self.address or self.names_in_body

    @property
    def names_in_body(self) -> bool:
        return "{" in self.body.replace("{grantable}", "") or "{" in json_.dumps(self.json)[1:-1]


@dataclass(frozen=True)
class Answer:
    """`text` and `headers` are without the ids that were asked for; `raw` is as it came."""

    status: int
    headers: Mapping[str, str]
    text: str
    raw: str

    def is_like(self, other: "Answer") -> bool:
        """Whether nothing tells one from the other, but for the ids that were asked for."""
        return (self.status, self.headers, self.text) == (other.status, other.headers, other.text)

    @property
    def lets_in(self) -> bool:
        """What was asked for was there, and might be refused for its content alone."""
        return self.status == 422 or (
            self.status < 400 and not self.headers.get("Location", "").startswith("/sign-in/")
        )


def reading(route: Route, policy: Policy) -> Iterator[Ask]:
    """The page, and its other faces."""
    method, address = _address(route, policy)
    if method != "GET" or not policy.reads:
        return
    for query in ("", *policy.also):
        asked = "&".join(part for part in (policy.query, query) if part)
        yield Ask("GET", f"{address}?{asked}" if asked else address)


def listing(route: Route, policy: Policy) -> Iterator[Ask]:
    """The page without the filter that names a room."""
    method, address = _address(route, policy)
    if method == "GET" and policy.reads and "{" in policy.query and "{" not in address:
        for query in ("", *policy.also):
            yield Ask("GET", f"{address}?{query}")


def sending(route: Route, policy: Policy) -> Iterator[Ask]:
    """The form, or what is written through the API."""
    method, address = _address(route, policy)
    address = f"{address}?{policy.query}" if policy.query else address
    if policy.json is not None:
        yield Ask(method, address, json=policy.json)
    elif policy.body:
        yield Ask("POST", address, body=policy.body)


def _address(route: Route, policy: Policy) -> tuple[str, str]:
    method = route.name.split(" ")[0] if " " in route.name else "GET"
    address = route.address
    for name, value in (KNOWN | dict(policy.path)).items():
        address = address.replace(f"{{{name}}}", value)
    return method, address


def ask(browser: Client, what: Ask, room: Room, body_of: Room | None = None) -> Answer:
    """The answer, with the ids of what was asked for taken out: what else differs tells."""
    cookies = dict(browser.cookies)
    things, in_body = room.things, (body_of or room).things
    address = _filled(what.address, things)
    try:
        if what.json is not None:
            data = json_.loads(_filled(json_.dumps(what.json), in_body))
            response = browser.generic(
                what.method, address, json_.dumps(data), content_type="application/json"
            )
        elif what.method == "POST":
            form = _filled(what.body, in_body)
            response = browser.generic(
                "POST", address, form, content_type="application/x-www-form-urlencoded"
            )
        else:
            response = browser.get(address)
    finally:
        # Signing out, or choosing another post, is for this request alone.
        browser.cookies.clear()
        browser.cookies.update(cookies)
    ids = _ids(room) | _ids(body_of or room)
    raw = _text(response)
    return Answer(
        response.status_code,
        {name: _plain(response.headers.get(name, ""), ids) for name in _HEADERS}
        | {"Set-Cookie": " ".join(sorted(response.cookies))},
        _plain(raw, ids),
        raw + response.headers.get("Location", ""),
    )


def without_ids(text: str, room: Room) -> str:
    """What a command said, without the ids that were asked for."""
    return _plain(text, _ids(room))


def state() -> tuple[object, ...]:
    """A hash of every table, the journal among them, but for looks: they change nothing."""
    with acting_as(OPERATOR), connection.cursor() as cursor:
        cursor.execute(_everything())
        return tuple(cursor.fetchall())


class undone:  # noqa: N801 - reads as what it does
    """The block's writes are taken back at its end."""

    def __enter__(self) -> None:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()

    def __exit__(self, *_error: object) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)


_query: list[str] = []


def _everything() -> str:
    if not _query:
        with connection.cursor() as cursor:
            cursor.execute(
                "select relname from pg_class where relkind = 'r' and relnamespace ="
                " 'public'::regnamespace and has_table_privilege(oid, 'select') order by 1"
            )
            tables = [name for (name,) in cursor.fetchall()]
        _query.append(
            " union all ".join(
                f"select '{name}', count(*), sum(hashtextextended(t::text, 0)::numeric)"
                f" from {name} t{' where not look' if name == 'journal_entry' else ''}"
                for name in tables
                if name not in _OF_VISITS and not name.startswith("procrastinate")
            )
        )
    return _query[0]


def _filled(template: str, things: Mapping[str, str]) -> str:
    for name, value in things.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _ids(room: Room) -> dict[str, str]:
    """What stands for each thing of the room wherever an answer repeats it."""
    found = {}
    for key, value in room.things.items():
        if key == "grantable":
            continue
        if value.isdigit():
            found[f"/{value}/"] = f"/<{key}>/"
            continue
        for written in (value, quote(value), quote(value, safe=""), html.escape(value)):
            found[written] = f"<{key}>"
    return found


def _plain(text: str, ids: Mapping[str, str]) -> str:
    for value in sorted(ids, key=len, reverse=True):
        text = text.replace(value, ids[value])
    return _SECRETS.sub("<secret>", text)


def _text(response: HttpResponse) -> str:
    content = b"".join(response) if response.streaming else response.content
    if response.headers.get("Content-Type") == _XLSX:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in sorted(book.namelist()))
    return content.decode(errors="replace")
