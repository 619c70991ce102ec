"""A request as a policy describes it, what came back, and what it changed."""

import html
import io
import json as json_
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote

from django.core.files.uploadedfile import SimpleUploadedFile
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
# Where whoever may not is led.
_TURNED_AWAY = re.compile(r"/sign-in/(confirm/)?(\?.*)?|/me/")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


State = tuple[object, ...]


@dataclass(frozen=True)
class Ask:
    """A request whose braces are filled in from a room: its address from one, its form too."""

    method: str
    address: str
    body: str = ""
    json: Any = None
    image: bytes = b""
    another_face: bool = False

    @property
    def names_something(self) -> bool:
        """Whether it is about one room rather than about all that the actor sees."""
        return "{" in self.address or self.names_in_body

    @property
    def names_twice(self) -> bool:
        """Whether its path names one thing, and its query or form another."""
        path, _, query = self.address.partition("?")
        return "{" in path and ("{" in query or self.names_in_body)

    @property
    def names_in_body(self) -> bool:
        return "{" in self.body.replace("{grantable}", "") or "{" in json_.dumps(self.json)[1:-1]

    @property
    def names_a_branch(self) -> bool:
        return "{branch}" in f"{self.address} {self.body} {json_.dumps(self.json)}"

    def named(self, room: Room) -> str:
        """What the request itself says of a room."""
        return filled(f"{self.address} {self.body} {json_.dumps(self.json)}", room.things)


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
            self.status < 400 and not _TURNED_AWAY.fullmatch(self.headers.get("Location", ""))
        )

    def says_what_it_should(self, *, stranger: bool) -> bool:
        """Whatever is refused is answered like what isn't there, but for who has to sign in."""
        refused = {404, 422, 401} if stranger else {404, 422}
        return self.status < 400 or self.status in refused


def reading(route: Route, policy: Policy) -> Iterator[Ask]:
    """The page, and its other faces."""
    method, address = _address(route, policy)
    if method != "GET" or not policy.reads:
        return
    for query in ("", *policy.also):
        asked = "&".join(part for part in (policy.query, query) if part)
        whole = f"{address}?{asked}" if asked else address
        yield Ask("GET", whole, another_face=bool(query))


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
        yield Ask("POST", address, body=policy.body, image=policy.image)


def _address(route: Route, policy: Policy) -> tuple[str, str]:
    method = route.name.split(" ")[0] if " " in route.name else "GET"
    address = policy.at or route.address
    for name, value in (KNOWN | dict(policy.path)).items():
        address = address.replace(f"{{{name}}}", value)
    return method, address


def ask(browser: Client, what: Ask, room: Room, other: Room | None = None) -> Answer:
    """The answer, with the ids of what was asked for taken out: what else differs tells.

    The path names things of `room`; query and form those of `other`, else of the same.
    """
    cookies = dict(browser.cookies)
    other = other or room
    path, mark, query = what.address.partition("?")
    address = filled(path, room.things) + mark + filled(query, other.things)
    try:
        response = _response(browser, what, address, other.things)
    finally:
        # Signing out, or choosing another post, is for this request alone.
        browser.cookies.clear()
        browser.cookies.update(cookies)
    ids = _ids(path, room) | _ids(f"{query} {what.body} {json_.dumps(what.json)}", other)
    raw = _text(response)
    return Answer(
        response.status_code,
        {name: _plain(response.headers.get(name, ""), ids) for name in _HEADERS}
        | {"Set-Cookie": _plain(" ".join(sorted(response.cookies)), ids)},
        _plain(raw, ids),
        raw + response.headers.get("Location", ""),
    )


def _response(browser: Client, what: Ask, address: str, things: Mapping[str, str]) -> HttpResponse:
    if what.json is not None:
        data = json_.loads(filled(json_.dumps(what.json), things))
        return browser.generic(
            what.method, address, json_.dumps(data), content_type="application/json"
        )
    if what.method != "POST":
        return browser.get(address)
    form = filled(what.body, things)
    if what.image:
        file = SimpleUploadedFile("image", what.image)
        return browser.post(address, dict(parse_qsl(form)) | {"image": file})
    return browser.generic("POST", address, form, content_type="application/x-www-form-urlencoded")


def without_ids(text: str, asked: str, room: Room) -> str:
    """What a command said, without the ids that it was asked for."""
    return _plain(text, _ids(asked, room))


def state() -> State:
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


def filled(template: str, things: Mapping[str, str]) -> str:
    """The braces of a template, filled in with what they name."""
    for name, value in things.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _ids(asked: str, room: Room) -> dict[str, str]:
    """What stands for each thing of the room that was asked for, wherever an answer repeats it."""
    found = {}
    for key, value in room.things.items():
        if f"{{{key}}}" not in asked or key == "grantable":
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
