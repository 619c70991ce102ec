"""Links to one's own data: asked for by anyone, sent or printed, opened once."""

import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import NOTHING, Scope
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import Nobody
from pervichka.register.accounts.actions.slips import TryLater
from pervichka.register.accounts.keys import keyed_hash
from pervichka.register.accounts.limits import OWN_LINK_FROM_ADDRESS, OWN_LINK_OF_CONTACT, take
from pervichka.register.accounts.models import OwnLink, OwnLinkWay
from pervichka.register.people.actions import confirm_contact_point
from pervichka.register.people.contact_values import email_address, phone_number
from pervichka.register.people.models import ContactKind, ContactPoint, Person
from pervichka.register.people.queries import people_by_contact

SENT_FOR, PRINTED_FOR = timedelta(hours=1), timedelta(days=7)
MAIL_TASK = "mail_own_links"
_TOKEN_BYTES = 20
_TOKEN = "own-link-token"  # noqa: S105 - the purpose of a hash


@dataclass(frozen=True, kw_only=True)
class IssuedLink:
    """A link just made: its token is known to nobody but whoever gets it."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class LinkLetter:
    """A link to be sent to an address."""

    to: str
    token: str


def ask_for_link(*, text: str, site: str, language: str, address: str, at: datetime) -> None:
    """Have a link sent to whom the phone number or e-mail address in `text` leads to.

    `address` is the network address asked from; `site` is where the link shall lead. Whether
    somebody was found takes the same steps, and is told to nobody. Raises `TryLater`, `Refused`.
    """
    email = email_address(text)
    phone = None if email else phone_number(text)
    if email is None and phone is None:
        raise refuse("write a phone number or an e-mail address")
    for limit, whose in ((OWN_LINK_FROM_ADDRESS, address), (OWN_LINK_OF_CONTACT, email or phone)):
        taken = take(limit, whose or "", at=at)
        if taken.rests_until is not None:
            raise TryLater(taken.rests_until)
    kind = ContactKind.EMAIL if email else ContactKind.PHONE
    people = people_by_contact(kind=kind, value=email or phone or "")
    # To an address that was named, and no other of the person's; to a phone nothing can be sent.
    blinds = vault.blinds(kind, email) if email else []
    _have_sent(people, blinds, site=site, language=language)


def ask_for_confirmation(*, point: ContactPoint, site: str, language: str) -> None:
    """Have a link sent to an address that somebody wrote down: opening it confirms the address."""
    _have_sent([point.person_id], [bytes(point.blind_index)], site=site, language=language)


@transaction.atomic
def write_letters(
    *, people: Sequence[UUID], blinds: Sequence[bytes], by: Actor, at: datetime
) -> list[LinkLetter]:
    """A link for each address of these people (of those of these blind indexes, if any)."""
    demand(by, Permission.LOAD_IN_BULK)
    found = ContactPoint.objects.filter(person__in=people, kind=ContactKind.EMAIL)
    found = found.filter(blind_index__in=blinds) if blinds else found.filter(unconfirmed=False)
    letters = []
    for point in found.select_related("person__branch").order_by("id"):
        link = _issue(point.person, OwnLinkWay.EMAIL, SENT_FOR, by, at, contact=point)
        letters.append(LinkLetter(to=point.value, token=link.token))
    return letters


@transaction.atomic
def print_own_link(*, person: Person, by: Actor, at: datetime) -> IssuedLink:
    """A link on paper, for somebody whom no e-mail reaches. Printing it is a look at the person."""
    demand(by, Permission.CHANGE_PEOPLE, person)
    return _issue(person, OwnLinkWay.PAPER, PRINTED_FOR, by, at)


def knows_own_link(token: str, *, at: datetime) -> bool:
    """Whether it would still open."""
    hash_ = keyed_hash(_TOKEN, token)
    with _own(_holder(hash_)):
        return _live(at).filter(token_hash=hash_).exists()


@transaction.atomic
def use_own_link(*, token: str, at: datetime) -> UUID:
    """The person whose link it is; it opens nothing any more.

    Raises `Refused`, in the same words whatever was wrong.
    """
    hash_ = keyed_hash(_TOKEN, token)
    with _own(_holder(hash_)):
        found = _live(at).select_for_update(of=("self",)).filter(token_hash=hash_)
        link = found.select_related("person", "branch").first()
        if link is None:
            raise refuse("this link does not open: it was used, or is too old. Ask for a new one")
        link.used_at = at
        link.save(update_fields=["used_at"])
        by = oneself(link.person_id)
        journal.append(
            by=by, at=at, action="own_link.used", subject=link.person, branch=link.branch
        )
        if link.contact is not None:
            confirm_contact_point(point=link.contact, by=by, at=at)
        return link.person_id


def oneself(person_id: UUID) -> Actor:
    """A person on their own behalf, without a user."""
    return Actor(code=f"person:{person_id}", role=Nobody, scope=None, person_id=person_id)


def forget_letters(*, person_id: UUID) -> int:
    """Take out of the queue what names the person, done or still to do; how many jobs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_jobs where position(%s in args::text) > 0", [str(person_id)]
        )
        return int(cursor.rowcount)


def _have_sent(
    people: Sequence[UUID], blinds: Sequence[bytes], *, site: str, language: str
) -> None:
    # By name: whoever sends letters stands above. Identifiers alone, and no address, are queued.
    app.configure_task(name=MAIL_TASK, queue="mail").defer(
        people=[str(id_) for id_ in people],
        blinds=[blind.hex() for blind in blinds],
        site=site,
        language=language,
    )


def _issue(
    person: Person,
    way: OwnLinkWay,
    valid_for: timedelta,
    by: Actor,
    at: datetime,
    *,
    contact: ContactPoint | None = None,
) -> IssuedLink:
    link = IssuedLink(token=secrets.token_urlsafe(_TOKEN_BYTES), expires_at=at + valid_for)
    OwnLink.objects.create(
        person=person,
        branch=person.branch,
        contact=contact,
        way=way,
        token_hash=keyed_hash(_TOKEN, link.token),
        issued_at=at,
        expires_at=link.expires_at,
    )
    journal.append(
        by=by,
        at=at,
        action="own_link.printed" if way == OwnLinkWay.PAPER else "own_link.sent",
        subject=person,
        branch=person.branch,
    )
    return link


def _holder(hash_: str) -> UUID | None:
    # Asked before it is known who asks, hence with the owner's rights: see the migration.
    with connection.cursor() as cursor:
        cursor.execute("select own_link_holder(%s)", [hash_])
        (holder,) = cursor.fetchone()
    return None if holder is None else UUID(str(holder))


def _own(person_id: UUID | None) -> AbstractContextManager[None]:
    return within(Scope(NOTHING.start, NOTHING.end, person_id=person_id))


def _live(at: datetime) -> QuerySet[OwnLink]:
    return OwnLink.objects.filter(used_at=None, expires_at__gt=at)
