"""What campaigns are as facts.

A campaign counts once, on the organisation's day of its first letter, however many it went to:
more letters are worth nothing. That it bore an imprint and kept silence is the program's own doing.
"""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from pervichka.standard.facts.rows import OBSERVED, FactRow
from pervichka.work.messaging.queries import CampaignForFacts, facts_of

SOURCE = "messaging"
ACTION_PREFIX = "campaign."


def facts(*, subjects: Collection[UUID] | None) -> Iterator[FactRow]:
    """The facts of these campaigns, of all where none are named."""
    for campaign in facts_of(subjects):
        yield _fact(campaign, "campaign.sent", campaign.day, str(campaign.id))
        yield _fact(campaign, "campaign.in_order", campaign.day, str(campaign.id))
        for answer in campaign.answers:
            yield _fact(
                campaign, "campaign.answered", answer.day, str(answer.id), person=answer.person
            )


def _fact(
    campaign: CampaignForFacts, kind: str, day: date, of: str, *, person: str | None = None
) -> FactRow:
    return FactRow(
        kind=kind,
        branch_id=campaign.branch_id,
        place=campaign.place,
        person=person,
        occurred_on=day,
        evidence=OBSERVED,
        source_id=f"{of}/{kind}",
        subject=campaign.id,
    )
