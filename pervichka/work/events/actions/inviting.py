"""People are asked to come, and answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import AffiliationKind, Person
from pervichka.work.events.actions.steps import (
    demand_not_cancelled,
    locked,
    locked_to_run,
    participant_id,
    write_down,
)
from pervichka.work.events.codes import new_token, token_hash
from pervichka.work.events.models import Answer, AnswerMeans, Event, EventStatus, Invitation
from pervichka.work.events.queries.electorate import people_of
from pervichka.work.events.queries.naming import demand_names

_BATCH = 2_000


@dataclass(frozen=True, kw_only=True)
class PersonalLink:
    """A new personal link. The token is shown this once: only its hash is kept."""

    person_id: UUID
    branch_id: UUID
    full_name: str
    token: str


@transaction.atomic
def invite(
    *,
    event: Event,
    affiliations: Collection[str],
    branch: Branch | None = None,
    by: Actor,
    at: datetime,
) -> list[PersonalLink]:
    """Invite the people of `branch` (default: the event's own) and below it, by affiliation.

    Returns the links of those newly invited; whoever was invited before keeps their own.
    """
    event = locked_to_run(event, by)
    branch = branch or event.branch
    demand(by, Permission.RUN_EVENTS, branch)
    demand_names(by, event)
    _demand_ahead(event, at)
    unknown = set(affiliations) - set(AffiliationKind.values)
    if unknown or not affiliations:
        raise refuse("choose whom to invite: {allowed}", allowed=", ".join(AffiliationKind.values))
    invited_before = Invitation.objects.filter(event=event, person__isnull=False)
    people = (
        people_of(branch, affiliations, on=timezone.localdate(at))
        .exclude(id__in=invited_before.values("person_id"))
        .order_by("name_key", "id")
    )
    links = [_link(person) for person in people]
    Invitation.objects.bulk_create(
        [
            Invitation(
                event=event,
                branch=event.branch,
                place=event.place,
                person_id=link.person_id,
                token_hash=token_hash(link.token),
                invited_at=at,
            )
            for link in links
        ],
        batch_size=_BATCH,
    )
    if links:
        write_down(event, "event.invited", by=by, at=at, fields=["invitations"])
    return links


@transaction.atomic
def renew_link(*, event: Event, person_id: UUID, by: Actor, at: datetime) -> PersonalLink:
    """A new link for someone whose link was lost; the old one stops working."""
    event = locked_to_run(event, by)
    demand_names(by, event)
    demand_not_cancelled(event)
    invitation = _invitation(event, person_id)
    person = Person.objects.get(id=person_id)
    link = _link(person)
    invitation.token_hash = token_hash(link.token)
    invitation.save(update_fields=["token_hash"])
    write_down(event, "event.link_renewed", by=by, at=at, fields=["token_hash"])
    return link


@transaction.atomic
def answer_invitation(*, event: Event, answer: str, by: Actor, at: datetime) -> Invitation:
    """The invited person answers for themselves; they may change it until the event begins."""
    event = locked(event)
    invitation = _invitation(event, participant_id(by))
    return _answer(event, invitation, answer, AnswerMeans.LINK, by=by, at=at)


@transaction.atomic
def record_answer(
    *, event: Event, person_id: UUID, answer: str, by: Actor, at: datetime
) -> Invitation:
    """The branch writes down what an invited person told it. Their own answer stands above it."""
    event = locked_to_run(event, by)
    invitation = _invitation(event, person_id)
    if invitation.answered_through == AnswerMeans.LINK:
        raise refuse("this person has answered for themselves; only they can change it")
    return _answer(event, invitation, answer, AnswerMeans.BRANCH, by=by, at=at)


def _answer(
    event: Event,
    invitation: Invitation,
    answer: str,
    means: AnswerMeans,
    *,
    by: Actor,
    at: datetime,
) -> Invitation:
    _demand_ahead(event, at)
    if answer not in Answer.values:
        raise refuse("choose one of the three answers")
    if (invitation.answer, invitation.answered_through) == (answer, means):
        return invitation
    invitation.answer = answer
    invitation.answered_at = at
    invitation.answered_through = means
    invitation.save(update_fields=["answer", "answered_at", "answered_through"])
    write_down(event, "event.answered", by=by, at=at, fields=["answer"])
    return invitation


def _demand_ahead(event: Event, at: datetime) -> None:
    demand_not_cancelled(event)
    if event.status == EventStatus.HELD or at > event.starts_at:
        raise refuse("the event has begun already")


def _invitation(event: Event, person_id: UUID) -> Invitation:
    found = Invitation.objects.filter(event=event, person_id=person_id).first()
    if found is None:
        raise refuse("this person was not invited")
    return found


def _link(person: Person) -> PersonalLink:
    return PersonalLink(
        person_id=person.id,
        branch_id=person.branch_id,
        full_name=person.full_name,
        token=new_token(),
    )
