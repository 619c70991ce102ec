"""Who may send, what is refused, and when a second person is asked."""

import pytest

from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import (
    Clerk,
    DataProtectionOfficer,
    LocalHead,
    RegionalHead,
    Viewer,
)
from pervichka.register.branches.models import Branch
from pervichka.work.messaging import actions
from pervichka.work.messaging import rules as rules_module
from pervichka.work.messaging.models import CampaignStatus, Delivery
from pervichka.work.messaging.queries import count_audience, previews
from pervichka.work.messaging.rules import Rules, rules
from pervichka.work.messaging.wording import Words
from tests.builders.actors import OPERATOR, head_of
from tests.builders.messaging import (
    NOON,
    a_campaign,
    a_draft,
    a_planned_campaign,
    a_reader,
    ids,
    readers,
    send,
)
from tests.builders.people import a_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]


@pytest.fixture
def two_at_most(monkeypatch):
    few = Rules(**vars(rules()) | {"second_person_over": 2})
    monkeypatch.setattr(rules_module, "_rules", lambda _pack: few)


def test_every_fault_is_named_at_once_with_its_field(branch) -> None:
    with pytest.raises(Refused) as refused:
        a_campaign(
            branch=branch, title="", purpose="x", affiliations=[], body_ru="{phone}", subject_en="a"
        )
    assert [reason.column for reason in refused.value.reasons] == [
        "title", "purpose", "affiliation", "body_ru", "body_en",
    ]  # fmt: skip


def test_who_may_not_send_there_is_answered_like_nothing(branch) -> None:
    for role in (Viewer, Clerk, DataProtectionOfficer):
        with pytest.raises(Forbidden):
            a_campaign(branch=branch, by=head_of(branch, role=role))
    campaign = a_campaign(branch=branch, by=head_of(branch))
    with pytest.raises(Forbidden):
        actions.plan_campaign(campaign=campaign, by=head_of(branch, role=Clerk), at=NOON)


def test_the_audience_is_counted_with_the_reasons(branch, sink) -> None:
    readers(2, branch=branch)
    a_person(branch=branch)
    silent = a_reader(branch=branch, email="gone@example.org")
    silent.contact_points.all().delete()
    campaign = a_campaign(branch=branch)
    count = count_audience(campaign, named=None, by=OPERATOR, at=NOON)
    assert (count.people, count.reached) == (4, 2)
    assert count.left_out == {"no_consent": 1, "no_address": 1}
    letters = previews(OPERATOR, campaign, named=None, at=NOON)
    assert [letter.to for letter in letters] == ["А••• <r••••@example.org>"] * 2
    assert "Анна0" not in letters[0].body


def test_from_above_a_second_person_agrees_to_many(branch, sink, two_at_most) -> None:
    readers(3, branch=branch)
    local = branch.parent
    region = local.parent
    head = head_of(local, role=LocalHead)
    campaign = a_planned_campaign(branch=local, by=head)
    assert campaign.status == CampaignStatus.WAITING
    assert send(campaign).handed_over == 0
    with pytest.raises(Forbidden):
        actions.approve_campaign(campaign=campaign, by=head, at=NOON)
    above = head_of(region, role=RegionalHead)
    with pytest.raises(Refused, match="say why"):
        actions.refuse_campaign(campaign=campaign, reason=" ", by=above, at=NOON)
    again = actions.refuse_campaign(campaign=campaign, reason="Слишком часто", by=above, at=NOON)
    assert again.status == CampaignStatus.DRAFT
    assert not Delivery.objects.filter(campaign=campaign).exists()
    actions.plan_campaign(campaign=campaign, by=above, at=NOON)
    with pytest.raises(Refused, match="another person must decide"):
        actions.approve_campaign(campaign=campaign, by=above, at=NOON)
    officer = head_of(Branch.objects.get(code="RU"), role=DataProtectionOfficer)
    actions.approve_campaign(campaign=campaign, by=officer, at=NOON)
    assert send(campaign).handed_over == 3


def test_of_one_primary_branch_its_secretary_decides_alone(branch, sink, two_at_most) -> None:
    readers(3, branch=branch)
    campaign = a_planned_campaign(branch=branch, by=head_of(branch))
    assert campaign.status == CampaignStatus.PLANNED


def test_what_is_planned_does_not_change_until_it_is_a_draft_again(branch, sink) -> None:
    readers(1, branch=branch)
    campaign = a_planned_campaign(branch=branch)
    draft = a_draft(title="Другое")
    with pytest.raises(Refused, match="no draft any more"):
        actions.change_campaign(campaign=campaign, draft=draft, by=OPERATOR, at=NOON)
    actions.withdraw_campaign(campaign=campaign, by=OPERATOR, at=NOON)
    changed = actions.change_campaign(campaign=campaign, draft=draft, by=OPERATOR, at=NOON)
    assert changed.title == "Другое"
    send(campaign)
    assert sink.letters == []


def test_other_kinds_of_work_write_by_the_one_seam(branch, sink) -> None:
    anna, boris = readers(2, branch=branch)
    stranger = a_person(branch=branch)
    campaign = actions.send(
        branch=branch,
        people=ids([anna, stranger]),
        wording={"ru": Words(subject="Напоминание", body="Завтра собрание, {first_name}.")},
        title="Собрание",
        purpose="branch_work",
        origin="events",
        by=head_of(branch),
        at=NOON,
    )
    assert (campaign.recipients, campaign.left_out) == (1, {"no_consent": 1})
    send(campaign)
    assert sink.reached == ["reader0@example.org"]
    assert boris.first_name
