"""Signing in by a code sent to one's e-mail address: asked for, sent once, used once.

Whether anybody has the address is told neither by the answer nor by how long it takes: in either
case one row is written, and a job looks at it.
"""

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from pervichka.foundation import vault
from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import Nobody
from pervichka.register.accounts.actions.slips import TryLater
from pervichka.register.accounts.limits import CODE_FROM_ADDRESS, CODE_TO_EMAIL, take
from pervichka.register.accounts.lookup import user_of_email
from pervichka.register.accounts.models import SignInCode, User
from pervichka.register.people.contact_values import email_address

VALID_FOR = timedelta(minutes=10)
WRONG_TRIES = 5
DIGITS = 8
_KEPT_FOR = timedelta(days=1)
_SEALED = vault.Cell("sign_in_code", "sealed")
_SOMEBODY = Actor(code="stranger", role=Nobody, scope=None)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is sent, to whom and in which language."""

    to: str
    code: str
    language: str


def ask_code(*, email: str, language: str, address: str, at: datetime) -> UUID:
    """Have a code sent to whoever has that e-mail address; the id by which it is then used.

    `address` is the network's. Raises `Refused` for what is no e-mail address, and `TryLater`.
    """
    # Never to what was typed: letters that lower to others would lead the code to another mailbox.
    plain = email_address(email)
    if plain is None:
        raise refuse("this is no e-mail address")
    for limit, whose in ((CODE_FROM_ADDRESS, address), (CODE_TO_EMAIL, plain)):
        taken = take(limit, whose, at=at)
        if taken.rests_until is not None:
            raise TryLater(taken.rests_until)
    said = {
        "to": plain,
        "code": str(secrets.randbelow(10**DIGITS)).zfill(DIGITS),
        "language": language,
    }
    # Not with the counting above: a try too many stays counted.
    with transaction.atomic():
        SignInCode.objects.filter(asked_at__lt=at - _KEPT_FOR).delete()
        id_ = new_id()
        sealed = _SEALED.seal(id_, json.dumps(said))
        code = SignInCode.objects.create(
            id=id_, user=user_of_email(plain), sealed=sealed, asked_at=at
        )
        journal.append(by=_SOMEBODY, at=at, action="code.asked", subject=code)
    return code.id


@transaction.atomic
def letter_of(*, code_id: UUID, at: datetime) -> Letter | None:
    """What is to be sent now, and never again: whoever gets no letter asks for another code."""
    code = (
        SignInCode.objects.select_for_update()
        .filter(id=code_id, sent_at=None, used_at=None, asked_at__gt=at - VALID_FOR)
        .exclude(user=None)
        .first()
    )
    if code is None:
        return None
    code.sent_at = at
    code.save(update_fields=["sent_at"])
    return Letter(**json.loads(_SEALED.open(code.id, code.sealed)))


def use_code_sent(*, code_id: UUID, digits: str, at: datetime) -> User:
    """The user to whom it was sent. Raises `Refused`, in the same words whatever was wrong."""
    typed = "".join(one for one in digits if one.isascii() and one.isdigit())
    with transaction.atomic():
        code = (
            SignInCode.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(
                id=code_id,
                used_at=None,
                asked_at__gt=at - VALID_FOR,
                wrong_tries__lt=WRONG_TRIES,
            )
            .first()
        )
        if code is None:
            raise _wrong()
        expected = json.loads(_SEALED.open(code.id, code.sealed))["code"]
        user = code.user
        if hmac.compare_digest(expected, typed) and user is not None and user.is_active:
            code.used_at = at
            code.save(update_fields=["used_at"])
            return user
        SignInCode.objects.filter(id=code.id).update(wrong_tries=F("wrong_tries") + 1)
    raise _wrong()


def _wrong() -> Refused:
    return refuse("this code does not open: it is mistyped, was used or is older than 10 minutes")
