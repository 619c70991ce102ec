"""What is true of texts and controllers. Both are for everyone to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.branches.tree import WHOLE_TREE
from pervichka.register.texts.document import parse_document
from pervichka.register.texts.models import Controller, PublishedText, TextDraft
from pervichka.register.texts.wording import ConsentText


@dataclass(frozen=True, kw_only=True)
class Version:
    """A published version; `newest` is the one that is agreed to from now on."""

    text: ConsentText
    fingerprint: str
    published_at: datetime
    newest: bool


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A version that waits for a second person. `may_decide`: this reader can be that one."""

    id: UUID
    text: ConsentText
    proposed_at: datetime
    expires_at: datetime
    mine: bool
    may_decide: bool


@dataclass(frozen=True, kw_only=True)
class Named:
    """A controller in force; `branch_code` is whose own it is, perhaps of a branch above."""

    id: UUID
    name: str
    number: str
    address: str
    valid_from: date
    branch_code: str
    branch_name: str


def published_texts() -> Mapping[tuple[str, int], ConsentText]:
    """Every version by code and number, the newest of each code last. One query."""
    rows = PublishedText.objects.order_by("code", "version")
    return {(row.code, row.version): row.as_text() for row in rows}


def latest_texts() -> Mapping[str, ConsentText]:
    """The version of each code that is agreed to from now on. One query."""
    return {text.code: text for text in published_texts().values()}


def versions() -> Sequence[Version]:
    """Every version, by code, the newest first."""
    rows = list(PublishedText.objects.order_by("code", "-version"))
    newest = {row.code: row.version for row in reversed(rows)}
    return [
        Version(
            text=row.as_text(),
            fingerprint=row.fingerprint,
            published_at=row.published_at,
            newest=newest[row.code] == row.version,
        )
        for row in rows
    ]


def drafts_waiting(actor: Actor, *, at: datetime) -> Sequence[Waiting]:
    """What waits, oldest first; for those alone who may publish."""
    if not actor.may(Permission.PUBLISH_TEXTS, WHOLE_TREE.place):
        return []
    rows = TextDraft.objects.filter(decision="", expires_at__gt=at).order_by("proposed_at", "id")
    return [
        Waiting(
            id=row.id,
            text=parse_document(row.document, file=Path(f"{row.code}.yaml")),
            proposed_at=row.proposed_at,
            expires_at=row.expires_at,
            mine=row.proposed_by == actor.code,
            may_decide=row.proposed_by != actor.code,
        )
        for row in rows
    ]


def version_of(code: str, version: int) -> Version | None:
    """One version of a text."""
    found = (one for one in versions() if (one.text.code, one.text.version) == (code, version))
    return next(found, None)


def controller_of(branch: Branch, *, on: date) -> Named | None:
    """The branch's own that day, else of the nearest branch above that has one. One query."""
    # Of each branch on the way up the row in force: the last day, and of that the last word.
    rows = (
        Controller.objects.filter(
            branch__place__lte=branch.place,
            branch__place_end__gte=branch.place,
            valid_from__lte=on,
        )
        .order_by("-branch__place", "-valid_from", "-named_at", "-id")
        .distinct("branch__place")
        .select_related("branch")
    )
    return next((_named(row) for row in rows if row.name), None)


def controllers_of(branch: Branch) -> Sequence[Named]:
    """All that was ever said of the branch's own, the latest first; nameless where it ended."""
    rows = Controller.objects.filter(branch=branch).select_related("branch")
    return [_named(row) for row in rows.order_by("-valid_from", "-named_at", "-id")]


def _named(row: Controller) -> Named:
    return Named(
        id=row.id,
        name=row.name,
        number=row.number,
        address=row.address,
        valid_from=row.valid_from,
        branch_code=row.branch.code,
        branch_name=branch_label(row.branch),
    )
