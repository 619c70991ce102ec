"""What the ledger says of a person, and what is in force of it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from pervichka.register.access.actor import Actor
from pervichka.register.people.ledger.writing import subject_of
from pervichka.register.people.models import Consent, LedgerEntry, PersonSalt
from pervichka.register.people.queries.visible import people_visible_to
from pervichka.register.texts.queries import published_texts


def ledger_of(*, person_id: UUID, actor: Actor) -> Sequence[LedgerEntry]:
    """The person's rows, oldest first; none of a person whom the actor may not see."""
    seen = people_visible_to(actor).filter(id=person_id)
    salt = PersonSalt.objects.filter(person__in=seen).first()
    if salt is None:
        return []
    return list(LedgerEntry.objects.filter(subject=salt.subject).order_by("tick", "id"))


def consents_to(
    *, person_id: UUID, purpose: str, channel: str, on: date, actor: Actor
) -> Sequence[Consent]:
    """What lets the organisation reach a person that day, for that purpose, by that channel."""
    fitting = Q(pk__in=[])
    for text in published_texts().values():
        if text.purpose == purpose and channel in text.channels:
            fitting |= Q(text_code=text.code, text_version=text.version)
    return list(
        Consent.objects.filter(
            Q(given_on=None) | Q(given_on__lte=on),
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=on),
            fitting,
            ~Q(refused_channels__contains=[channel]),
            person__in=people_visible_to(actor).filter(id=person_id),
        )
    )


def strange_salts() -> Sequence[UUID]:
    """Persons whose salt does not lead to their rows: someone exchanged rows between people."""
    return [
        salt.person_id
        for salt in PersonSalt.objects.order_by("person_id").iterator(2_000)
        if subject_of(salt.person_id, bytes(salt.salt)) != bytes(salt.subject)
    ]


# In force, but never written down as an event, or withdrawn by its latest event.
_UNFOUNDED = """
select consent.person_id, consent.text_code
from consent
left join person_salt on person_salt.person_id = consent.person_id
left join lateral (
  select event from ledger_entry
  where ledger_entry.subject = person_salt.subject
    and ledger_entry.text_code = consent.text_code and ledger_entry.channel = ''
  order by tick desc, id desc limit 1
) latest on true
where consent.withdrawn_on is null
  and (latest.event is null or latest.event = 'withdrawn'
    or (latest.event = 'asserted') <> consent.asserted)
order by consent.person_id, consent.text_code
"""


def unfounded_consents() -> Sequence[tuple[UUID, str]]:
    """Persons and texts that are said to be in force and that the ledger does not bear out."""
    with connection.cursor() as cursor:
        cursor.execute(_UNFOUNDED)
        return [(person, text) for person, text in cursor.fetchall()]
