"""People agree to a text, and take it back."""

from datetime import date, datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.people.actions.rights import demand_change
from pervichka.register.people.consent_texts import consent_texts
from pervichka.register.people.models import Consent, Person


@transaction.atomic
def record_consent(
    *, person: Person, text_code: str, on: date | None, by: Actor, at: datetime
) -> Consent:
    """The person agreed to a text; asserted, unless it is the person themself who says so.

    Raises `Refused` for a text that isn't there.
    """
    demand_change(by, person)
    if text_code not in consent_texts():
        raise refuse(
            "there is no consent text {code}; write one of {allowed}",
            code=repr(text_code),
            allowed=", ".join(consent_texts()),
        )
    own = by.person_id == person.id
    given = (
        Consent.objects.select_for_update()
        .filter(person=person, text_code=text_code, withdrawn_on=None)
        .first()
    )
    if given is not None and (given.asserted is False or not own):
        return given
    if given is None:
        given = Consent(branch=person.branch, person=person, text_code=text_code, given_on=on)
    given.asserted = not own
    given.save()
    journal.append(
        by=by,
        at=at,
        action="consent.given" if own else "consent.asserted",
        subject=person,
        branch=person.branch,
        fields=["consent"],
    )
    return given


@transaction.atomic
def withdraw_consent(
    *, person: Person, text_code: str, on: date, by: Actor, at: datetime
) -> Consent | None:
    """From `on` the person agrees no longer; where nothing was agreed to, nothing happens."""
    demand_change(by, person)
    given = (
        Consent.objects.select_for_update()
        .filter(person=person, text_code=text_code, withdrawn_on=None)
        .first()
    )
    if given is None:
        return None
    given.withdrawn_on = max(on, given.given_on) if given.given_on else on
    given.save(update_fields=["withdrawn_on"])
    journal.append(
        by=by,
        at=at,
        action="consent.withdrawn",
        subject=person,
        branch=person.branch,
        fields=["consent"],
    )
    return given
