"""What follows what: the one table of it.

The follower reads the journal and looks up each entry here, by the longest beginning of its
action's name. A kind of work therefore knows nothing of facts or scores.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from pervichka.foundation.journal.following import Act
from pervichka.foundation.periods import Month
from pervichka.standard.facts.actions.following import derive_from
from pervichka.standard.scores.queries.open_months import open_months, slugs_in_force
from pervichka.surfaces.jobs import messages, tasks

Effect = Callable[[list[Act], datetime], None]


@dataclass(frozen=True)
class Reaction:
    """Entries whose action begins with `action` cause `effect`, together."""

    action: str
    effect: Effect


def derive_and_score(acts: list[Act], at: datetime) -> None:
    """Work changed: its facts are derived anew, and every open month they reach is scored."""
    months = derive_from(acts)
    if months:
        _score(at, since=min(months))


def score_all(_acts: list[Act], at: datetime) -> None:
    """What a month is measured on changed as a whole: every open month is scored."""
    _score(at)


def send_codes(acts: list[Act], _at: datetime) -> None:
    """Somebody waits for a code: a job of its own sends each, so that none waits for another."""
    for act in acts:
        tasks.send_sign_in_code.defer(code_id=act.subject_id)


def send_letters(_acts: list[Act], _at: datetime) -> None:
    """A campaign may begin, or go on: a job of its own sends what is due."""
    messages.ask_to_send()


def nothing(_acts: list[Act], _at: datetime) -> None:
    """The act brought its own effects with it."""


REACTIONS: tuple[Reaction, ...] = (
    Reaction("event.", derive_and_score),
    Reaction("campaign.", nothing),
    Reaction("campaign.planned", send_letters),
    Reaction("campaign.resumed", send_letters),
    Reaction("campaign.done", derive_and_score),
    Reaction("campaign.stopped", derive_and_score),
    Reaction("campaign.answered", derive_and_score),
    Reaction("branch.", score_all),
    Reaction("precincts.", score_all),
    Reaction("person.", score_all),
    Reaction("consent.", score_all),
    Reaction("post.", score_all),
    Reaction("facts.", score_all),
    Reaction("facts.kind_registered", nothing),
    Reaction("standard.published", score_all),
    Reaction("code.asked", send_codes),
)


def react(acts: Iterable[Act], at: datetime) -> None:
    """Cause what follows from these acts, each effect once."""
    by_effect: dict[Effect, list[Act]] = {}
    for act in acts:
        by_effect.setdefault(effect_of(act.action), []).append(act)
    for effect, caused in by_effect.items():
        effect(caused, at)


def effect_of(action: str) -> Effect:
    fitting = [reaction for reaction in REACTIONS if action.startswith(reaction.action)]
    longest = max(fitting, key=lambda reaction: len(reaction.action), default=None)
    return nothing if longest is None else longest.effect


def _score(at: datetime, since: Month | None = None) -> None:
    today = timezone.localdate(at)
    for slug in slugs_in_force(today):
        for month in open_months(slug, today):
            if since is None or month >= since:
                tasks.ask_for_score(month, slug)
