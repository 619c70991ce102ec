"""Whom a phone number or an e-mail address leads to, through the blind index."""

from uuid import UUID

from django.db import connection
from django.db.models import Q

from pervichka.foundation import vault
from pervichka.register.people.contact_values import DEFAULT_REGION, email_address, phone_number
from pervichka.register.people.models import ContactKind, ContactPoint

# Hashed and looked up in place of what is no number or address, so that both take the same time.
_NOBODY = "nobody"


def people_by_contact(*, kind: str, value: str, region: str = DEFAULT_REGION) -> list[UUID]:
    """Everyone who gave that number or address, however it is written: several if it is shared.

    For signing in alone: there is no actor and no scope yet, so all places are looked through and
    nothing is shown. Whoever calls answers alike whether someone was found or not; what can't be a
    number finds nobody, by the same query.
    """
    plain = email_address(value) if kind == ContactKind.EMAIL else phone_number(value, region)
    wanted = vault.blinds(kind, plain or _NOBODY)
    with connection.cursor() as cursor:
        cursor.execute("select contact_holders(%s::bytea[])", [wanted])
        (holders,) = cursor.fetchone()
    return list(holders)


def reached_at(text: str) -> Q | None:
    """The condition on people that a whole phone number or e-mail address stands for; else none."""
    wanted = blinds_of(text)
    if wanted is None:
        return None
    return Q(id__in=ContactPoint.objects.filter(blind_index__in=wanted).values("person_id"))


def blinds_of(text: str) -> list[bytes] | None:
    """What a whole phone number or e-mail address is looked up by; none if the text is neither."""
    for kind, plain in (
        (ContactKind.PHONE, phone_number(text)),
        (ContactKind.EMAIL, email_address(text)),
    ):
        if plain:
            return vault.blinds(kind, plain)
    return None
