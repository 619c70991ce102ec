"""One click out of a letter ends that purpose by that channel, in the ledger, and nothing else."""

import pytest

from pervichka.register.branches.acting import acting_as
from pervichka.register.people.actions import record_consent
from pervichka.register.people.models import Consent, LedgerEntry
from pervichka.register.people.queries.ledger import unfounded_consents
from pervichka.standard.facts.actions.erasing import erase_everywhere
from pervichka.work.messaging import actions
from pervichka.work.messaging.inbound import Kind
from pervichka.work.messaging.models import Delivery
from pervichka.work.messaging.queries import letter_holder, own_letters
from pervichka.work.messaging.tokens import LINK, RETURN, delivery_of, token_of
from tests.builders.actors import OPERATOR, oneself
from tests.builders.messaging import NOON, a_planned_campaign, a_reader, readers, send, way_out_of
from tests.builders.texts import a_published_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]

BOUNCE = """Return-Path: <>
To: {to}
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Sorry.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; example.org

Final-Recipient: rfc822; reader0@example.org
Action: failed
Status: {status}
--x--
"""


def leave_by(path: str) -> None:
    held = letter_holder(path.removeprefix("/m/").strip("/"))
    assert held is not None
    delivery_id, reader = held
    with acting_as(reader):
        actions.leave(delivery_id=delivery_id, by=reader, at=NOON)


def test_it_ends_e_mail_and_leaves_the_rest_of_the_consent(branch, sink) -> None:
    (anna,) = readers(1, branch=branch)
    send(a_planned_campaign(branch=branch))
    for _click in range(2):
        leave_by(way_out_of(sink.letters[0][2]))
    consent = Consent.objects.get(person=anna)
    assert (consent.withdrawn_on, consent.refused_channels) == (None, ["email"])
    last = LedgerEntry.objects.latest("id")
    assert (last.event, last.channel, last.purpose) == ("withdrawn", "email", "branch_work")
    assert LedgerEntry.objects.filter(event="withdrawn").count() == 1
    assert unfounded_consents() == []
    with pytest.raises(Exception, match="nobody whom it would reach"):
        a_planned_campaign(branch=branch)
    record_consent(person=anna, text_code="default", on=NOON.date(), by=oneself(anna), at=NOON)
    assert a_planned_campaign(branch=branch).recipients == 1


def test_a_consent_for_e_mail_alone_ends_whole(branch, sink) -> None:
    a_published_text()
    anna = a_reader(branch=branch, email="a@example.org", text="news")
    send(a_planned_campaign(branch=branch, purpose="news"))
    leave_by(way_out_of(sink.letters[0][2]))
    assert Consent.objects.get(person=anna).withdrawn_on == NOON.date()


def test_a_link_can_not_be_made_up(branch, sink) -> None:
    readers(1, branch=branch)
    send(a_planned_campaign(branch=branch))
    delivery = Delivery.objects.get()
    token = token_of(delivery.id, LINK)
    assert delivery_of(token.upper(), LINK) == delivery.id
    assert delivery_of(token, RETURN) is None
    assert letter_holder(("b" if token[-1] == "a" else "a").join([token[:-1], ""])) is None
    assert letter_holder("nobody") is None


def test_what_comes_back_for_good_ends_the_address(branch, sink) -> None:
    (anna,) = readers(1, branch=branch)
    send(a_planned_campaign(branch=branch))
    _to, sender, _letter = sink.letters[0]

    def received(status: str, to: str = sender) -> str:
        content = BOUNCE.format(to=to, status=status).encode()
        return actions.receive_letter(content=content, by=OPERATOR, at=NOON)

    assert received("4.2.2") == Kind.SOFT_BOUNCE
    assert anna.contact_points.get().bounced_at is None
    assert received("5.1.1", "back@example.org") == Kind.STRANGE
    assert received("5.1.1") == Kind.HARD_BOUNCE
    assert received("5.1.1") == Kind.HARD_BOUNCE
    assert anna.contact_points.get().bounced_at == NOON
    assert Delivery.objects.get().bounced_at == NOON


def test_an_answer_is_noted_and_an_automatic_one_is_not(branch, sink) -> None:
    readers(1, branch=branch)
    send(a_planned_campaign(branch=branch))
    named = sink.letters[0][2]["Message-ID"]
    automatic = f"To: b@example.org\nIn-Reply-To: {named}\nAuto-Submitted: auto-replied\n\nAway."
    mine = f"To: b@example.org\nIn-Reply-To: {named}\n\nПриду!"
    by = {"by": OPERATOR, "at": NOON}
    assert actions.receive_letter(content=automatic.encode(), **by) == Kind.AUTOMATIC
    assert Delivery.objects.get().replied_at is None
    assert actions.receive_letter(content=mine.encode(), **by) == Kind.REPLY
    assert Delivery.objects.get().replied_at == NOON
    assert actions.receive_letter(content=b"\xff\x00no letter", **by) == Kind.STRANGE


def test_the_erased_are_forgotten_and_the_letters_still_counted(branch, sink) -> None:
    (anna,) = readers(1, branch=branch)
    send(a_planned_campaign(branch=branch))
    assert [one.branch for one in own_letters(oneself(anna))] == [branch.name]
    act = erase_everywhere(person=anna, by=oneself(anna), at=NOON)
    assert act.counts["letters"] == 1
    delivery = Delivery.objects.get()
    assert (delivery.person_id, delivery.point_id, delivery.status) == (None, None, "sent")
    assert letter_holder(way_out_of(sink.letters[0][2]).split("/")[2]) is None
