"""A version of a text is proposed by one person and published by another; then it never changes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import Operator
from pervichka.register.branches.second_person import (
    Decision,
    decide,
    demand_to_decide,
    proposed,
)
from pervichka.register.branches.tree import WHOLE_TREE
from pervichka.register.texts.document import fingerprint, parse_document
from pervichka.register.texts.models import PublishedText, TextDraft
from pervichka.register.texts.wording import ConsentText


@dataclass(frozen=True, kw_only=True)
class Published:
    """What became of a version: it is published, or it waits for a second person."""

    code: str
    version: int
    fingerprint: str
    waits: bool


@transaction.atomic
def propose_text(*, document: str, file: Path, by: Actor, at: datetime) -> Published:
    """Have a version published; by the local operator at once.

    The same from a second person publishes it; what is published already changes nothing. Raises
    `Forbidden`, and `Refused` for a mistake in the document or a version that can't be the next.
    """
    demand(by, Permission.PUBLISH_TEXTS, WHOLE_TREE)
    _one_at_a_time()
    text = parse_document(document, file=file)
    mark = fingerprint(text)
    _demand_next(text, mark, file)
    if PublishedText.objects.filter(code=text.code, version=text.version).exists():
        return _told(text, mark, waits=False)
    waiting = TextDraft.objects.filter(
        code=text.code, version=text.version, decision="", expires_at__gt=at
    )
    same = waiting.filter(fingerprint=mark).exclude(proposed_by=by.code).first()
    if same is not None:
        return _approve(same, by=by, at=at)
    if by.role is Operator:
        _publish(text, mark, proposed_by=by.code, by=by, at=at)
        return _told(text, mark, waits=False)
    if not waiting.filter(fingerprint=mark, proposed_by=by.code).exists():
        draft = TextDraft.objects.create(
            code=text.code,
            version=text.version,
            document=document,
            fingerprint=mark,
            **proposed(by, at),
        )
        journal.append(by=by, at=at, action="text.proposed", subject=draft)
    return _told(text, mark, waits=True)


@transaction.atomic
def approve_text(*, draft_id: UUID, by: Actor, at: datetime) -> Published:
    """The second person agrees, and the version is published. Raises `Forbidden`, `Refused`."""
    return _approve(_to_decide(draft_id, by), by=by, at=at)


@transaction.atomic
def refuse_text(*, draft_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """The second person does not agree and says why. Raises `Forbidden`, `Refused`."""
    draft = _to_decide(draft_id, by)
    demand_to_decide(draft, by=by, at=at)
    decide(draft, Decision.REFUSED, reason, by=by, at=at)
    journal.append(by=by, at=at, action="text.refused", subject=draft, fields=["decision"])


def _to_decide(draft_id: UUID, by: Actor) -> TextDraft:
    demand(by, Permission.PUBLISH_TEXTS, WHOLE_TREE)
    _one_at_a_time()
    return TextDraft.objects.get(pk=draft_id)


def _approve(draft: TextDraft, *, by: Actor, at: datetime) -> Published:
    demand_to_decide(draft, by=by, at=at)
    file = Path(f"{draft.code}.yaml")
    text = parse_document(draft.document, file=file)
    _demand_next(text, draft.fingerprint, file)
    decide(draft, Decision.APPROVED, "", by=by, at=at)
    _publish(text, draft.fingerprint, proposed_by=draft.proposed_by, by=by, at=at)
    return _told(text, draft.fingerprint, waits=False)


def _publish(
    text: ConsentText, mark: str, *, proposed_by: str, by: Actor, at: datetime
) -> PublishedText:
    published = PublishedText.objects.create(
        code=text.code,
        version=text.version,
        basis=text.basis,
        purpose=text.purpose,
        channels=list(text.channels),
        aim=dict(text.aim),
        text=dict(text.text),
        fingerprint=mark,
        proposed_by=proposed_by,
        published_by=by.code,
        published_at=at,
    )
    journal.append(by=by, at=at, action="text.published", subject=published)
    return published


def _demand_next(text: ConsentText, mark: str, file: Path) -> None:
    """Raise `Refused` unless it is the next version of its code, or the very same as one."""
    known = dict(PublishedText.objects.filter(code=text.code).values_list("version", "fingerprint"))
    if known.get(text.version) == mark:
        return
    if text.version in known:
        message = (
            "version {version} of {code} is published with other content; a published version"
            " never changes, so give this one another version"
        )
    elif text.version != (after := max(known, default=0) + 1):
        raise Refused(
            Reason(
                message="the next version of {code} is {number}",
                params={"code": text.code, "number": after},
                file=str(file),
                column="version",
            )
        )
    else:
        return
    params = {"version": text.version, "code": text.code}
    raise Refused(Reason(message=message, params=params, file=str(file), column="version"))


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('published texts'))")


def _told(text: ConsentText, mark: str, *, waits: bool) -> Published:
    return Published(code=text.code, version=text.version, fingerprint=mark, waits=waits)
