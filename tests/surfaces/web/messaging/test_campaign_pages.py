"""A campaign is written, looked at, planned and stopped on its pages."""

from django.test import Client

from pervichka.register.branches.models import Branch
from pervichka.work.messaging.models import Campaign, CampaignStatus, MessageTemplate
from tests.builders.events import a_meeting
from tests.builders.messaging import a_campaign
from tests.builders.users import a_user_with_post

FORM = {
    "title": "Осенние новости",
    "purpose": "branch_work",
    "affiliation": ["member"],
    "subject_ru": "Для {first_name}",
    "body_ru": "Здравствуйте!",
}


def written(secretary: Client) -> Campaign:
    page = secretary.post("/messages/write/", FORM)
    assert page.status_code == 302
    return Campaign.objects.get()


def test_it_is_written_counted_shown_masked_and_planned(secretary: Client) -> None:
    campaign = written(secretary)
    page = secretary.get(f"/messages/{campaign.id}/")
    assert "r••••@example.org" in page.text
    assert "reader0" not in page.text
    assert "Анна0000" not in page.text
    assert "Изготовлено и оплачено" in page.text
    secretary.post(f"/messages/{campaign.id}/plan/", {"at": "2031-05-01T12:00"})
    campaign.refresh_from_db()
    assert campaign.status == CampaignStatus.PLANNED
    assert campaign.starts_at is not None
    assert campaign.starts_at.isoformat() == "2031-05-01T09:00:00+00:00"
    assert "0 of 2" in secretary.get(f"/messages/{campaign.id}/progress/").text
    for deed, status in (("pause", "paused"), ("resume", "planned"), ("stop", "stopped")):
        secretary.post(f"/messages/{campaign.id}/do/", {"do": deed})
        campaign.refresh_from_db()
        assert campaign.status == status
    assert "Осенние новости" in secretary.get("/messages/?status=stopped").text


def test_what_is_wrong_is_said_by_its_field_and_what_was_typed_stays(secretary: Client) -> None:
    page = secretary.post("/messages/write/", FORM | {"body_ru": "", "title": ""})
    assert page.status_code == 422
    assert 'id="title-error"' in page.text
    assert "Для {first_name}" in page.text
    assert not Campaign.objects.exists()


def test_sent_twice_it_is_written_once(secretary: Client, branch: Branch) -> None:
    there = a_campaign(branch=branch)
    secretary.post("/messages/write/", FORM | {"campaign_id": str(there.id)})
    assert Campaign.objects.count() == 1


def test_a_wording_is_kept_and_taken_again(secretary: Client) -> None:
    campaign = written(secretary)
    secretary.post(f"/messages/{campaign.id}/do/", {"do": "keep", "name": "Осень"})
    kept = MessageTemplate.objects.get()
    page = secretary.get(f"/messages/write/?template={kept.id}")
    assert "Для {first_name}" in page.text


def test_to_the_people_of_an_event(secretary: Client, branch: Branch) -> None:
    event = a_meeting(branch=branch)
    page = secretary.post(f"/messages/write/?event={event.id}", FORM | {"event_part": "invited"})
    campaign = Campaign.objects.get()
    assert page.status_code == 302
    assert campaign.event_id == event.id
    refused = secretary.post(f"/messages/{campaign.id}/plan/", {"at": ""})
    assert "nobody whom it would reach" in refused.text


def test_a_letter_to_oneself_needs_an_address_of_ones_own(
    secretary: Client, branch: Branch
) -> None:
    campaign = written(secretary)
    done = secretary.post(f"/messages/{campaign.id}/do/", {"do": "test"}, follow=True)
    assert "on its way to your own address" in done.text
    other = Client(headers={"accept-language": "en"})
    other.force_login(a_user_with_post(branch=branch, name="other"))
    refused = other.post(f"/messages/{campaign.id}/do/", {"do": "test"})
    assert "no e-mail address of yours" in refused.text
