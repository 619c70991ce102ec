"""People agree to a text, and take it back: each time a row of the ledger, and what is in force."""

from datetime import date, datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.people.actions.rights import demand_change
from pervichka.register.people.ledger import Happening, write_ledger
from pervichka.register.people.models import Consent, LedgerEvent, Person, Proof
from pervichka.register.texts.queries import latest_texts, published_texts
from pervichka.register.texts.wording import ConsentText

_BY_THE_PERSON = frozenset({Proof.LINK.value, Proof.PAPER.value})
_JOURNALLED = {
    LedgerEvent.GIVEN: "consent.given",
    LedgerEvent.CONFIRMED: "consent.given",
    LedgerEvent.ASSERTED: "consent.asserted",
    LedgerEvent.WITHDRAWN: "consent.withdrawn",
}


@transaction.atomic
def record_consent(
    *,
    person: Person,
    text_code: str,
    text_version: int | None = None,
    on: date | None,
    proof: str = Proof.NONE,
    proof_number: str = "",
    by: Actor,
    at: datetime,
) -> Consent:
    """The person agreed to a text; asserted, unless they say so themself or signed a paper.

    To its latest version, or to the one that stands on what they signed. Raises `Refused` for a
    text that isn't there and for a paper without its number.
    """
    demand_change(by, person)
    text = _text(text_code, text_version)
    if proof == Proof.PAPER and not proof_number:
        raise refuse("write the number of the sheet that was signed")
    own = by.person_id == person.id or proof in _BY_THE_PERSON
    given = _in_force(person, text_code)
    if given is not None and (not own or _says_enough(given, text)):
        return given
    event = LedgerEvent.GIVEN if own else LedgerEvent.ASSERTED
    if given is None:
        given = Consent(branch=person.branch, person=person, text_code=text_code, given_on=on)
    elif given.asserted:
        event = LedgerEvent.CONFIRMED
    given.asserted, given.text_version, given.refused_channels = not own, text.version, []
    given.save()
    _record(given, event, text, on, by, at, proof=proof, proof_number=proof_number)
    return given


@transaction.atomic
def withdraw_consent(
    *, person: Person, text_code: str, on: date, by: Actor, at: datetime
) -> Consent | None:
    """From `on` the person agrees no longer; where nothing was agreed to, nothing happens."""
    demand_change(by, person)
    given = _in_force(person, text_code)
    if given is None:
        return None
    given.withdrawn_on = max(on, given.given_on) if given.given_on else on
    given.save(update_fields=["withdrawn_on"])
    text = _text(text_code, given.text_version)
    _record(given, LedgerEvent.WITHDRAWN, text, given.withdrawn_on, by, at)
    return given


@transaction.atomic
def refuse_channel(
    *, person: Person, purpose: str, channel: str, on: date, by: Actor, at: datetime
) -> int:
    """From `on` nobody may reach the person for that purpose by that channel; of how many texts.

    Consents for other purposes and channels stay; a consent that was for this channel alone ends.
    Refused twice, nothing more happens.
    """
    demand_change(by, person)
    texts = published_texts()
    held = Consent.objects.select_for_update().filter(person=person, withdrawn_on=None)
    refused = 0
    for consent in held.order_by("text_code"):
        text = texts[(consent.text_code, consent.text_version)]
        left = set(text.channels) - set(consent.refused_channels)
        if text.purpose != purpose or channel not in left:
            continue
        refused += 1
        if left == {channel}:
            withdraw_consent(person=person, text_code=text.code, on=on, by=by, at=at)
            continue
        consent.refused_channels = sorted({*consent.refused_channels, channel})
        consent.save(update_fields=["refused_channels"])
        _record(consent, LedgerEvent.WITHDRAWN, text, on, by, at, channel=channel)
    return refused


def _text(code: str, version: int | None) -> ConsentText:
    latest = latest_texts()
    if code not in latest:
        raise refuse(
            "there is no consent text {code}; write one of {allowed}",
            code=repr(code),
            allowed=", ".join(latest),
        )
    if version is None:
        return latest[code]
    text = published_texts().get((code, version))
    if text is None:
        raise refuse("{code} has no version {version}", code=code, version=version)
    return text


def _says_enough(given: Consent, text: ConsentText) -> bool:
    """Whether the person themself has agreed to this version already, or to a later one."""
    if given.refused_channels:
        return False
    return not given.asserted and given.text_version >= text.version


def _in_force(person: Person, text_code: str) -> Consent | None:
    held = Consent.objects.select_for_update()
    return held.filter(person=person, text_code=text_code, withdrawn_on=None).first()


def _record(
    consent: Consent,
    event: LedgerEvent,
    text: ConsentText,
    on: date | None,
    by: Actor,
    at: datetime,
    *,
    channel: str = "",
    proof: str = Proof.NONE,
    proof_number: str = "",
) -> None:
    person = consent.person
    write_ledger(
        [
            Happening(
                person_id=person.id,
                branch_id=person.branch_id,
                place=person.branch.place,
                event=event.value,
                text=text,
                on=on,
                channel=channel,
                proof=str(proof),
                proof_number=proof_number,
            )
        ],
        by=by,
        at=at,
    )
    journal.append(
        by=by,
        at=at,
        action=_JOURNALLED[event],
        subject=person,
        branch=person.branch,
        fields=["consent"],
    )
