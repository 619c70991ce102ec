"""Every route there is, as the routers know it: pages, the API, commands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import typer
from django.urls import URLPattern, URLResolver, get_resolver

from pervichka.surfaces.api.application import api
from pervichka.surfaces.cli.__main__ import app

_API = "/api/v1"
# What the API's own router makes of its operations is read from the operations.
_OWN_OF_API = {"api:openapi-view", "api:openapi-json", "api:api-root"}


@dataclass(frozen=True)
class Route:
    """`name` is what a policy is declared under; `address` has its parameters in braces."""

    name: str
    address: str


def pages() -> list[Route]:
    """By the names that `reverse` knows; the API's own pages are among them."""
    found = [Route(name, address) for name, address in _patterns(get_resolver(), "", "/")]
    return [one for one in found if not one.name.startswith("api:") or one.name in _OWN_OF_API]


def api_routes() -> list[Route]:
    """By method and address, such as `POST /events/{id}/cancel`."""
    return [
        Route(f"{method} {_plain(prefix + path)}", _API + _plain(prefix + path))
        for prefix, router in api._routers  # noqa: SLF001 - the schema leaves out what it hides
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]


def command_names() -> set[str]:
    """Such as `branches import`."""
    return set(_commands(typer.main.get_command(app), ""))


def _patterns(resolver: URLResolver, namespace: str, before: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern, inner, address)
        elif isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or address), _plain(address)


def _plain(address: str) -> str:
    """`<uuid:event_id>` and Ninja's `{uuid:id}` become `{event_id}` and `{id}`."""
    return re.sub(r"[<{](?:\w+:)?(\w+)[>}]", r"{\1}", address)


def _commands(command: object, before: str) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield before.strip()
        return
    for name, one in inner.items():
        yield from _commands(one, f"{before} {name}")
