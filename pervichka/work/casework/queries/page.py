"""Everything that the page of one appeal says, for whoever may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.finding import line_of
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.posts.queries import posts_of_branch
from pervichka.work.casework import sealed, terms
from pervichka.work.casework.models import OPEN, Appeal, Round
from pervichka.work.casework.queries.steps import StepLine, steps_of
from pervichka.work.casework.sealed import Applicant


@dataclass(frozen=True, kw_only=True)
class AppealPage:
    """`applicant` and `words` are none above the branch that sees to it, and once forgotten."""

    appeal: Appeal
    round: Round
    applicant: Applicant | None
    words: str | None
    steps: Sequence[StepLine]
    overdue: bool

    @property
    def is_open(self) -> bool:
        return self.appeal.status in OPEN


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A post or a branch that an appeal may be given to."""

    id: UUID
    title: str


def may_read(actor: Actor, appeal: Appeal) -> bool:
    """Whether this reader knows who asks: of the branch's own, or the local operator."""
    return actor.may(Permission.HANDLE_APPEALS, appeal.place) and actor.branch_id in {
        None,
        appeal.branch_id,
    }


def appeal_page(actor: Actor, appeal: Appeal, *, on: date) -> AppealPage:
    """The page of an appeal that `appeal_of` gave. Two queries."""
    demand(actor, Permission.HANDLE_APPEALS, appeal)
    reads = may_read(actor, appeal)
    return AppealPage(
        appeal=appeal,
        round=Round.objects.filter(appeal=appeal).order_by("-number")[0],
        applicant=applicant_of(appeal) if reads else None,
        words=_words(appeal) if reads else None,
        steps=steps_of(appeal, public=not reads, worded=reads),
        overdue=appeal.status in OPEN
        and (appeal.due_on < on or (appeal.status == "received" and appeal.register_by < on)),
    )


def applicant_of(appeal: Appeal) -> Applicant | None:
    if appeal.sealed_applicant is None:
        return None
    return Applicant.of_text(sealed.APPLICANT.open(appeal.id, appeal.sealed_applicant))


def posts_to_assign(actor: Actor, appeal: Appeal, *, on: date) -> Sequence[Choice]:
    """The filled posts of the branch that sees to it."""
    found = posts_of_branch(branch=appeal.branch, on=on, actor=actor)
    return [Choice(id=post.id, title=post.title) for post in found if post.filled]


def branches_to_forward(appeal: Appeal, *, on: date) -> Sequence[Choice]:
    """The branches above it, and those right below."""
    line = line_of(appeal.branch, on=on)
    return [Choice(id=branch.id, title=branch_label(branch)) for branch in line]


def most_to_extend() -> int:
    """By how many days a deadline may be moved; 0 where that is not allowed."""
    return terms.policy().extend_by


def _words(appeal: Appeal) -> str | None:
    if appeal.sealed_words is None:
        return None
    return sealed.WORDS.open(appeal.id, appeal.sealed_words)
