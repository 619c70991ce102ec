"""Letters go out once, through a mail server, to those who agreed; what is sure is told so."""

from datetime import timedelta

import pytest

from pervichka.register.branches.acting import acting_as
from pervichka.register.people.actions import refuse_channel, remove_contact_point
from pervichka.register.people.models import ContactPoint
from pervichka.work.messaging import actions
from pervichka.work.messaging.models import Campaign, CampaignStatus, Delivery
from pervichka.work.messaging.post import NoConnection, Post
from tests.builders.actors import OPERATOR, oneself
from tests.builders.messaging import (
    IMPRINT,
    NOON,
    Clock,
    a_planned_campaign,
    a_reader,
    in_a_thread,
    letter_body,
    readers,
    send,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]


def states(campaign: Campaign) -> list[str]:
    rows = Delivery.objects.filter(campaign=campaign).order_by("id")
    return [row.left_out or row.status for row in rows]


def test_everyone_gets_one_letter_with_imprint_and_a_way_out(branch, sink) -> None:
    anna, boris = readers(2, branch=branch)
    campaign = a_planned_campaign(branch=branch, subject_en="News", body_en="Hello {first_name}")
    sent = send(campaign)
    assert (sent.handed_over, sent.more) == (2, False)
    assert sorted(sink.reached) == ["reader0@example.org", "reader1@example.org"]
    _to, sender, letter = next(one for one in sink.letters if one[0] == "reader0@example.org")
    assert sender.startswith("back+")
    assert letter["Subject"] == f"Новости для {anna.first_name}"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = letter_body(letter)
    assert IMPRINT in body
    assert f"Hello {anna.first_name}" in body
    assert "https://pages.example.org/m/" in body
    assert boris.first_name not in body
    campaign.refresh_from_db()
    assert campaign.status == CampaignStatus.DONE
    assert send(campaign).handed_over == 0
    assert len(sink.letters) == 2


def test_consent_is_asked_at_the_moment_of_sending(branch, sink) -> None:
    people = readers(3, branch=branch)
    campaign = a_planned_campaign(branch=branch)
    for person in people[1:]:
        refuse_channel(
            person=person,
            purpose="branch_work",
            channel="email",
            on=NOON.date(),
            by=oneself(person),
            at=NOON,
        )
    send(campaign)
    assert sink.reached == ["reader0@example.org"]
    assert states(campaign) == ["sent", "no_consent", "no_consent"]


def test_withdrawn_in_mid_campaign_the_very_next_letter_is_not_sent(branch, sink) -> None:
    people = {
        f"reader{index}@example.org": one for index, one in enumerate(readers(4, branch=branch))
    }
    campaign = a_planned_campaign(branch=branch)

    def withdraw_the_others(to: str) -> None:
        if len(sink.letters) > 1:
            return
        with acting_as(OPERATOR):
            for address, person in people.items():
                if address != to:
                    refuse_channel(
                        person=person,
                        purpose="branch_work",
                        channel="email",
                        on=NOON.date(),
                        by=oneself(person),
                        at=NOON,
                    )

    sink.on_letter = in_a_thread(withdraw_the_others)
    send(campaign)
    assert len(sink.letters) == 1


def test_an_address_that_is_no_more_bounces_at_once(branch, sink) -> None:
    readers(2, branch=branch)
    sink.no_such = {"reader1@example.org"}
    campaign = a_planned_campaign(branch=branch)
    send(campaign)
    assert sorted(states(campaign)) == ["failed", "sent"]
    assert ContactPoint.objects.get(bounced_at__isnull=False).value == "reader1@example.org"
    again = a_planned_campaign(branch=branch)
    assert (again.recipients, again.left_out) == (1, {"no_address": 1})


def test_a_busy_server_is_tried_again_and_then_given_up(branch, sink) -> None:
    readers(1, branch=branch)
    sink.busy = {"reader0@example.org"}
    campaign = a_planned_campaign(branch=branch)
    clock = Clock()
    for _try in range(4):
        send(campaign, now=clock)
        clock.at += timedelta(minutes=5)
        assert send(campaign, now=clock).handed_over == 0
        clock.at += timedelta(minutes=5)
    assert states(campaign) == ["failed"]
    sink.busy = set()
    send(campaign, now=clock)
    assert sink.letters == []


def test_what_breaks_off_with_the_letter_in_hand_is_unknown_and_never_sent_again(
    branch, sink
) -> None:
    readers(3, branch=branch)
    sink.breaks_at = {"reader1@example.org"}
    campaign = a_planned_campaign(branch=branch)
    send(campaign)
    sink.breaks_at = set()
    send(campaign)
    assert sorted(states(campaign)) == ["sent", "sent", "unknown"]
    assert sorted(sink.reached) == [f"reader{index}@example.org" for index in range(3)]


def test_without_a_server_nothing_is_lost(branch, sink, settings) -> None:
    readers(1, branch=branch)
    campaign = a_planned_campaign(branch=branch)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(NoConnection):
        send(campaign)
    assert states(campaign) == ["queued"]
    settings.EMAIL_PORT = port
    send(campaign)
    assert states(campaign) == ["sent"]


def test_a_claim_of_a_run_that_died_is_unknown(branch, sink) -> None:
    readers(2, branch=branch)
    campaign = a_planned_campaign(branch=branch)

    class Killed(BaseException):
        pass

    class Dying(Post):
        def deliver(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise Killed

    with pytest.raises(Killed), Dying() as post:
        actions.send_some(
            campaign_id=campaign.id, post=post, by=OPERATOR, now=Clock(), lasting=timedelta(hours=1)
        )
    assert sorted(states(campaign)) == ["queued", "sending"]
    send(campaign)
    assert sorted(states(campaign)) == ["sent", "unknown"]
    assert len(sink.letters) == 1


def test_pause_and_stop_hold_from_the_next_letter_on(branch, sink) -> None:
    readers(3, branch=branch)
    campaign = a_planned_campaign(branch=branch)

    def pause(_to: str) -> None:
        with acting_as(OPERATOR):
            actions.pause_campaign(campaign=campaign, by=OPERATOR, at=NOON)

    sink.on_letter = in_a_thread(pause)
    send(campaign)
    sink.on_letter = lambda _to: None
    assert sorted(states(campaign)) == ["queued", "queued", "sent"]
    send(campaign)
    assert len(sink.letters) == 1
    actions.resume_campaign(campaign=campaign, by=OPERATOR, at=NOON)
    sink.on_letter = in_a_thread(pause)
    send(campaign)
    sink.on_letter = lambda _to: None
    actions.stop_campaign(campaign=campaign, by=OPERATOR, at=NOON)
    send(campaign)
    assert sorted(states(campaign)) == ["sent", "sent", "stopped"]


def test_more_than_the_cap_nobody_gets_in_a_week(branch, sink) -> None:
    readers(1, branch=branch)
    for _number in range(2):
        send(a_planned_campaign(branch=branch))
    waiting = a_planned_campaign(branch=branch, at=NOON + timedelta(days=7, minutes=1))
    assert waiting.recipients == 1
    actions.stop_campaign(campaign=waiting, by=OPERATOR, at=NOON)
    with pytest.raises(Exception, match="nobody whom it would reach"):
        a_planned_campaign(branch=branch)
    assert len(sink.letters) == 2


def test_the_cap_is_asked_at_the_moment_of_sending_too(branch, sink) -> None:
    readers(1, branch=branch)
    campaigns = [a_planned_campaign(branch=branch) for _number in range(3)]
    for campaign in campaigns:
        send(campaign)
    assert [states(campaign) for campaign in campaigns] == [["sent"], ["sent"], ["capped"]]


def test_nobody_under_age_is_campaigned_to(branch, sink) -> None:
    grown, young = readers(2, branch=branch)
    grown.born_on, young.born_on = NOON.date().replace(year=2008), NOON.date().replace(year=2009)
    grown.save()
    young.save()
    campaign = a_planned_campaign(branch=branch)
    assert (campaign.recipients, campaign.left_out) == (1, {"under_age": 1})


def test_who_gave_up_the_address_is_left_out(branch, sink) -> None:
    person = a_reader(branch=branch, email="a@example.org")
    campaign = a_planned_campaign(branch=branch)
    remove_contact_point(point=person.contact_points.get(), by=OPERATOR, at=NOON)
    send(campaign)
    assert states(campaign) == ["no_address"]
