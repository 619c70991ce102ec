"""What a policy is: who may, about what, and how a room is named in the request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pervichka.register.access.permissions import Permission
from pervichka.register.access.roles import Role
from tests.surfaces.access_matrix.rooms import Relation, Room

May = Callable[[type[Role], Relation, Room], bool]

# What an address's parameter names.
KNOWN: Final = {
    "event_id": "{event}",
    "campaign_id": "{campaign}",
    "person_id": "{person}",
    "contact_id": "{contact}",
    "holding_id": "{holding}",
    "factor_id": "{factor}",
    "number": "{request}",
    "code": "{branch}",
    "indicator": "came",
    "slug": "work",
    "version": "1",
    "token": "nobody-has-this-token",
}


def always(_role: type[Role], _relation: Relation, _room: Room) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Policy:
    """`permissions`: none for whoever is signed in; `public`: for everyone.

    `query`, `body` and `json` are sent, `also` are more queries to look at the page with, `path`
    says what the address's parameters are where `KNOWN` doesn't. `only` and `to_send` narrow who
    may at all, and who may send. `reads`: there is a page besides the form. `changes`: sent to
    one's own room, the form changes something.

    `of_tree`: the page opens by a branch, and branches, posts and scores say nothing of a person,
    so the database alone doesn't hold the page back; only what leads to a person on it.
    """

    permissions: frozenset[Permission] | None = None
    public: bool = False
    query: str = ""
    body: str = ""
    json: Mapping[str, object] | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    only: May = always
    to_send: May = always
    reads: bool = True
    of_tree: bool = False
    changes: bool = True


def needs(*permissions: Permission, **rest: object) -> Policy:
    return Policy(permissions=frozenset(permissions), **rest)  # type: ignore[arg-type]  # handed on by name


def signed_in(**rest: object) -> Policy:
    """Whoever has signed in, for what is their own."""
    return Policy(**{"changes": False, **rest})  # type: ignore[arg-type]  # handed on by name


def everyone(**rest: object) -> Policy:
    return Policy(**{"public": True, "changes": False, **rest})  # type: ignore[arg-type]  # handed on by name


@dataclass(frozen=True, kw_only=True)
class Command:
    """`permissions` as of a page. In `arguments` and `file` `{branch}` is a room's; `{file}` is
    written from `file`, `{out}` is where the command may write, `{standard}` is a draft.

    `whole`: demanded over the whole tree, so no post below it may. `of_tree`: as of a page.
    `by_row`: rows are refused one by one, and the command ends well. `machine`: acts for nobody;
    whoever may start programs there runs it, and it is not run here.
    """

    permissions: frozenset[Permission] | None = None
    arguments: str = ""
    file: str = ""
    whole: bool = False
    of_tree: bool = False
    by_row: bool = False
    machine: bool = False
    changes: bool = False
    only: May = always


def may(*permissions: Permission, **rest: object) -> Command:
    return Command(permissions=frozenset(permissions), **rest)  # type: ignore[arg-type]  # handed on by name
