"""What may happen to campaigns. Every action is atomic and journalled as `campaign.…`.

`by` is who acts: a post-holder with the right to send messages there, the second person where one
is needed, or the reader who wants no more of it.
"""

from pervichka.work.messaging.actions.leaving import leave
from pervichka.work.messaging.actions.loading import PastCampaign, load_campaigns
from pervichka.work.messaging.actions.planning import (
    approve_campaign,
    plan_campaign,
    refuse_campaign,
    withdraw_campaign,
)
from pervichka.work.messaging.actions.receiving import receive_letter
from pervichka.work.messaging.actions.running import (
    pause_campaign,
    resume_campaign,
    stop_campaign,
)
from pervichka.work.messaging.actions.seam import send
from pervichka.work.messaging.actions.sending import Sent, send_some
from pervichka.work.messaging.actions.trying import TEST_TASK, ask_for_test, send_test
from pervichka.work.messaging.actions.writing import (
    EVENT_PARTS,
    Draft,
    change_campaign,
    keep_template,
    write_campaign,
)

__all__ = [
    "EVENT_PARTS",
    "TEST_TASK",
    "Draft",
    "PastCampaign",
    "Sent",
    "approve_campaign",
    "ask_for_test",
    "change_campaign",
    "keep_template",
    "leave",
    "load_campaigns",
    "pause_campaign",
    "plan_campaign",
    "receive_letter",
    "refuse_campaign",
    "resume_campaign",
    "send",
    "send_some",
    "send_test",
    "stop_campaign",
    "withdraw_campaign",
    "write_campaign",
]
