"""Writing to the ledger, in the transaction of the act itself, one row or millions."""

import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.branches.actions.bulk import copy_in
from pervichka.register.people.models import PersonSalt, Proof
from pervichka.register.texts.wording import ConsentText

_SALT_BYTES = 32
_SELF = "self"
_SALT = ("person_id", "branch_id", "place", "salt", "subject")
_ENTRY = (
    "subject",
    "branch_id",
    "place",
    "event",
    "basis",
    "purpose",
    "channel",
    "text_code",
    "text_version",
    "happened_on",
    "actor",
    "proof",
    "proof_number",
    "recorded_at",
)
_MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event of a person's legal basis, about to be written in the person's home branch."""

    person_id: UUID
    branch_id: UUID
    place: int
    event: str
    text: ConsentText
    on: date | None
    channel: str = ""
    proof: str = Proof.NONE.value
    proof_number: str = ""
    by_the_person: bool = False


def write_ledger(happenings: Iterable[Happening], *, by: Actor, at: datetime) -> int:
    """Append them, in order; the number of rows. Whoever has no salt yet gets one."""
    written, waiting = 0, []
    for happening in happenings:
        waiting.append(happening)
        if len(waiting) == _MOST:
            written += _write(waiting, by, at)
            waiting = []
    return written + _write(waiting, by, at)


def subject_of(person_id: UUID, salt: bytes) -> bytes:
    """What the ledger knows a person by: says nothing once the salt is gone."""
    return hmac.digest(salt, person_id.bytes, "sha256")


def _write(happenings: Sequence[Happening], by: Actor, at: datetime) -> int:
    if not happenings:
        return 0
    subjects = _subjects(happenings)
    copy_in(
        "ledger_entry",
        _ENTRY,
        (
            (
                subjects[one.person_id],
                one.branch_id,
                one.place,
                one.event,
                one.text.basis,
                one.text.purpose,
                one.channel,
                one.text.code,
                one.text.version,
                one.on,
                # Their own id would outlive the salt.
                _SELF if one.by_the_person or by.person_id == one.person_id else by.code,
                one.proof,
                one.proof_number,
                at,
            )
            for one in happenings
        ),
    )
    return len(happenings)


def _subjects(happenings: Sequence[Happening]) -> dict[UUID, bytes]:
    homes = {one.person_id: one for one in happenings}
    known = PersonSalt.objects.filter(person__in=list(homes))
    subjects = {id_: bytes(subject) for id_, subject in known.values_list("person_id", "subject")}
    salts = {id_: secrets.token_bytes(_SALT_BYTES) for id_ in homes if id_ not in subjects}
    fresh = {id_: subject_of(id_, salt) for id_, salt in salts.items()}
    copy_in(
        "person_salt",
        _SALT,
        (
            (id_, homes[id_].branch_id, homes[id_].place, salt, fresh[id_])
            for id_, salt in salts.items()
        ),
    )
    return subjects | fresh
