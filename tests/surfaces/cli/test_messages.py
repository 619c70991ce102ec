"""`pervichka messages`: campaigns listed and stopped, letters received, the law's data loaded."""

import mailbox
from io import BytesIO, TextIOWrapper

import pytest

from pervichka.register.branches.models import Branch
from pervichka.work.messaging.models import Campaign, CampaignStatus, Delivery
from pervichka.work.messaging.tokens import RETURN, token_of
from tests.builders.branches import a_primary_branch
from tests.builders.messaging import a_calendar, a_planned_campaign, an_imprint, readers
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def campaign(settings) -> Campaign:
    branch = a_primary_branch()
    an_imprint(branch=branch)
    a_calendar()
    readers(1, branch=branch)
    settings.EMAIL_HOST, settings.SITE_ADDRESS = "127.0.0.1", "https://pages.example.org"
    return a_planned_campaign(branch=branch)


def answer() -> bytes:
    token = token_of(Delivery.objects.get().id, RETURN)
    return f"To: b@example.org\nIn-Reply-To: <{token}@example.org>\n\nYes".encode()


def test_campaigns_are_listed_shown_and_stopped(pervichka, campaign):
    (listed,) = pervichka("messages", "list", "--json").document
    assert (listed["id"], listed["status"], listed["recipients"]) == (
        str(campaign.id),
        "planned",
        1,
    )
    assert pervichka("messages", "show", campaign.id, "--json").document["queued"] == 1
    assert pervichka("messages", "stop", campaign.id).code == 0
    campaign.refresh_from_db()
    assert campaign.status == CampaignStatus.STOPPED
    assert pervichka("messages", "show", "nothing").code == 1


def test_one_sees_and_stops_those_of_ones_own_branch_alone(pervichka, campaign):
    root = Branch.objects.get(code="RU")
    viewer = a_user_with_post(branch=root, kind="viewer", name="viewer")
    head = a_user_with_post(branch=campaign.branch, kind="secretary", name="secretary")
    assert pervichka("messages", "list", "--as", viewer.name, "--json").document == []
    assert pervichka("messages", "stop", campaign.id, "--as", viewer.name).code == 1
    assert len(pervichka("messages", "list", "--as", head.name, "--json").document) == 1
    for arguments in (("receive",), ("calendar",), ("imprint", "RU", "--ru", "x", "--en", "y")):
        assert pervichka("messages", *arguments, "--as", head.name).code == 1


def test_letters_come_piped_or_from_a_mailbox(pervichka, campaign, tmp_path, monkeypatch):
    box = mailbox.Maildir(tmp_path / "box")
    box.add(answer())
    box.add(b"To: x@example.org\n\nHello")
    counted = pervichka("messages", "receive", tmp_path / "box", "--json").document
    assert counted == {"reply": 1, "strange": 1}
    assert Delivery.objects.get().replied_at is not None
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(answer())))
    assert pervichka("messages", "receive", "--json").document == {"reply": 1}
    assert pervichka("messages", "receive", tmp_path / "absent").code == 1


def test_the_packs_calendar_and_an_imprint(pervichka, tmp_path):
    a_primary_branch()
    assert pervichka("messages", "imprint", "RU-AD/1").code == 1
    said = ("--ru", "Оплачено нами", "--en", "Paid by us", "--from", "2025-01-01")
    named = pervichka("messages", "imprint", "RU", *said, "--json").document
    assert pervichka("messages", "imprint", "RU-AD/1", "--json").document == named
    assert pervichka("messages", "calendar", "--json").document["covers_from"] == "2026-01-01"
    wrong = tmp_path / "silence.yaml"
    wrong.write_text("covers: {from: 2026-01-01, to: 2025-01-01}\nperiods: []\n")
    done = pervichka("messages", "calendar", wrong)
    assert done.code == 1
    assert "silence.yaml:1:covers.to" in done.err
