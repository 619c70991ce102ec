"""What is true of campaigns. Reads take the actor; no name and no address is among the answers."""

from pervichka.work.messaging.models import (
    Campaign,
    CampaignStatus,
    DeliveryStatus,
    Halt,
    LeftOut,
    MessageTemplate,
)
from pervichka.work.messaging.queries.audience import AudienceCount, count_audience, purposes
from pervichka.work.messaging.queries.due import due_campaigns
from pervichka.work.messaging.queries.for_facts import AnswerRow, CampaignForFacts, facts_of
from pervichka.work.messaging.queries.leaving import Opened, letter_holder, opened_letter
from pervichka.work.messaging.queries.lists import (
    CampaignRow,
    Progress,
    Waiting,
    campaign_of,
    campaigns_of,
    last_refusal,
    progress_of,
    templates_for,
    visible_to,
    waiting_of,
)
from pervichka.work.messaging.queries.own import OwnLetter, letters_to, own_letters
from pervichka.work.messaging.queries.preview import Preview, previews

__all__ = [
    "AnswerRow",
    "AudienceCount",
    "Campaign",
    "CampaignForFacts",
    "CampaignRow",
    "CampaignStatus",
    "DeliveryStatus",
    "Halt",
    "LeftOut",
    "MessageTemplate",
    "Opened",
    "OwnLetter",
    "Preview",
    "Progress",
    "Waiting",
    "campaign_of",
    "campaigns_of",
    "count_audience",
    "due_campaigns",
    "facts_of",
    "last_refusal",
    "letter_holder",
    "letters_to",
    "opened_letter",
    "own_letters",
    "previews",
    "progress_of",
    "purposes",
    "templates_for",
    "visible_to",
    "waiting_of",
]
