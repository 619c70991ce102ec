"""What campaigns are as facts."""

from datetime import date

import pytest

from pervichka.standard.facts.rows import OBSERVED
from pervichka.standard.facts.sources import messaging as source
from pervichka.work.messaging import actions
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.messaging import (
    NOON,
    a_calendar,
    a_mail_server,
    a_planned_campaign,
    an_imprint,
    readers,
    send,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]


def test_a_campaign_counts_once_however_many_it_went_to(settings) -> None:
    branch = a_primary_branch()
    an_imprint(branch=branch)
    a_calendar()
    first, _second = readers(2, branch=branch)
    with a_mail_server(settings) as sink:
        campaign = a_planned_campaign(branch=branch)
        assert list(source.facts(subjects=[campaign.id])) == []
        send(campaign)
        letter = next(one for to, _by, one in sink.letters if to == "reader0@example.org")
        answer = f"To: b@example.org\nIn-Reply-To: {letter['Message-ID']}\n\nПриду!".encode()
        actions.receive_letter(content=answer, by=OPERATOR, at=NOON)
    found = list(source.facts(subjects=None))
    assert [(one.kind, one.person, one.evidence) for one in found] == [
        ("campaign.sent", None, OBSERVED),
        ("campaign.in_order", None, OBSERVED),
        ("campaign.answered", first.code, OBSERVED),
    ]
    assert {(one.occurred_on, one.value) for one in found} == {(date(2026, 10, 12), 1000)}
    assert found == list(source.facts(subjects=[campaign.id]))


def test_a_draft_and_one_that_reached_nobody_are_none(settings) -> None:
    branch = a_primary_branch()
    an_imprint(branch=branch)
    a_calendar()
    readers(1, branch=branch)
    with a_mail_server(settings):
        campaign = a_planned_campaign(branch=branch)
    actions.stop_campaign(campaign=campaign, by=OPERATOR, at=NOON)
    assert list(source.facts(subjects=None)) == []
