"""A campaign is sent, a letter at a time, for as long as the caller gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pervichka.foundation.ids import new_id
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.branches.queries.zones import regions_in_time
from pervichka.work.messaging.actions.claiming import Claimed, Sender, claim_next, settle_lost
from pervichka.work.messaging.actions.steps import locked, mark_undeliverable, write_down
from pervichka.work.messaging.letters import letter_of
from pervichka.work.messaging.models import Campaign, CampaignStatus, Delivery, DeliveryStatus
from pervichka.work.messaging.post import Letter, NoConnection, Outcome, Post
from pervichka.work.messaging.rules import rules

Now = Callable[[], datetime]
MOST_TRIES = 4
_AGAIN_AFTER = timedelta(minutes=10)
# A letter that lies claimed for longer is not handed over any more: see `claiming.MARGIN`.
_FRESH_FOR = timedelta(seconds=45)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """How many letters were handed over in this run, and whether more could go right now."""

    handed_over: int
    more: bool


def send_some(*, campaign_id: UUID, post: Post, by: Actor, now: Now, lasting: timedelta) -> Sent:
    """Send letters of one campaign for about so long. Raises `Forbidden`, `NoConnection`.

    One run at a time sends a campaign: another that begins puts an end to this one. `now` reads the
    clock, since what may be sent depends on it from letter to letter.
    """
    demand(by, Permission.LOAD_IN_BULK)
    sender = _begin(campaign_id=campaign_id, by=by, at=now())
    if sender is None:
        return Sent(handed_over=0, more=False)
    until, handed_over = now() + lasting, 0
    done: _Done | None = None
    while True:
        at = now()
        in_time = at < until
        claimed = _step(sender=sender, done=done, claims=in_time, by=by, at=at)
        if claimed is None:
            ended = _end(sender=sender, by=by, at=at) if in_time else False
            return Sent(handed_over=handed_over, more=not in_time and not ended)
        try:
            outcome = _hand_over(post, claimed, sender.campaign, now)
        except NoConnection:
            _step(
                sender=sender,
                done=_Done(claimed, Outcome.TOO_LATE),
                claims=False,
                by=by,
                at=now(),
            )
            raise
        done = _Done(claimed, outcome)
        handed_over += outcome is Outcome.SENT


@dataclass(frozen=True)
class _Done:
    claimed: Claimed
    outcome: Outcome


@transaction.atomic
def _begin(*, campaign_id: UUID, by: Actor, at: datetime) -> Sender | None:
    found = Campaign.objects.select_related("branch").filter(id=campaign_id).first()
    if found is None:
        return None
    campaign = locked(found)
    if campaign.status not in {CampaignStatus.PLANNED, CampaignStatus.SENDING}:
        return None
    if campaign.starts_at is None or campaign.starts_at > at:
        return None
    settle_lost(campaign=campaign, at=at)
    begins = campaign.status == CampaignStatus.PLANNED
    campaign.status, campaign.run = CampaignStatus.SENDING, new_id()
    campaign.started_at = campaign.started_at or at
    campaign.save(update_fields=["status", "run", "started_at"])
    if begins:
        write_down(campaign, "campaign.started", by=by, at=at, fields=["status"])
    return Sender(
        campaign=campaign, run=campaign.run, regions=list(regions_in_time()), rules=rules()
    )


@transaction.atomic
def _step(
    *, sender: Sender, done: _Done | None, claims: bool, by: Actor, at: datetime
) -> Claimed | None:
    """Write down how the last letter fared and claim the next: one commit for both."""
    if done is not None:
        _settle(done, by=by, at=at)
    return claim_next(sender, by=by, at=at) if claims else None


def _hand_over(post: Post, claimed: Claimed, campaign: Campaign, now: Now) -> Outcome:
    letter: Letter = letter_of(claimed, campaign, sender_name=branch_label(campaign.branch))
    return post.deliver(letter, in_time=lambda: now() - claimed.claimed_at < _FRESH_FOR)


def _settle(done: _Done, *, by: Actor, at: datetime) -> None:
    row = Delivery.objects.select_for_update().filter(
        id=done.claimed.delivery_id, status=DeliveryStatus.SENDING
    )
    delivery = row.first()
    if delivery is None:
        # Another run took this one for dead and called it unknown: so it stays.
        return
    delivery.status, delivery.settled_at = _STATUS[done.outcome], at
    if done.outcome in {Outcome.LATER, Outcome.TOO_LATE}:
        delivery.claimed_at = delivery.settled_at = None
        if done.outcome is Outcome.TOO_LATE:
            delivery.tries -= 1
        elif delivery.tries >= MOST_TRIES:
            delivery.status, delivery.settled_at = DeliveryStatus.FAILED, at
        else:
            delivery.not_before = at + _AGAIN_AFTER
    elif done.outcome is Outcome.NO_SUCH_ADDRESS:
        delivery.bounced_at = at
        mark_undeliverable(delivery, by=by, at=at)
    delivery.save()


_STATUS = {
    Outcome.SENT: DeliveryStatus.SENT,
    Outcome.UNKNOWN: DeliveryStatus.UNKNOWN,
    Outcome.REFUSED: DeliveryStatus.FAILED,
    Outcome.NO_SUCH_ADDRESS: DeliveryStatus.FAILED,
    Outcome.LATER: DeliveryStatus.QUEUED,
    Outcome.TOO_LATE: DeliveryStatus.QUEUED,
}


@transaction.atomic
def _end(*, sender: Sender, by: Actor, at: datetime) -> bool:
    """The campaign is done once nothing is queued any more; what sleeps or is tried again waits."""
    campaign = locked(sender.campaign)
    if campaign.status != CampaignStatus.SENDING or campaign.run != sender.run:
        return True
    left = Delivery.objects.filter(
        campaign=campaign, status__in=[DeliveryStatus.QUEUED, DeliveryStatus.SENDING]
    )
    if left.exists():
        return False
    campaign.status, campaign.run, campaign.ended_at = CampaignStatus.DONE, None, at
    campaign.save(update_fields=["status", "run", "ended_at"])
    write_down(campaign, "campaign.done", by=by, at=at, fields=["status"])
    return True
