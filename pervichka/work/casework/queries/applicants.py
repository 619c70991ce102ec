"""What an applicant sees by number and code: their own appeal, and nothing of anybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from pervichka.foundation.ids import new_id
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import Nobody
from pervichka.register.accounts.limits import Limit, give_back, take
from pervichka.work.casework import codes
from pervichka.work.casework.models import OPEN, Appeal, Round, Status
from pervichka.work.casework.queries.steps import StepLine, steps_of
from pervichka.work.casework.sealed import WORDS

# A family or a library shares an address; a number is looked for by one applicant.
CODE_FROM_ADDRESS = Limit(code="appeal-code-from-address", tries=20, window=timedelta(minutes=15))
CODE_OF_NUMBER = Limit(code="appeal-code-of-number", tries=20, window=timedelta(hours=1))
SENT_FROM_ADDRESS = Limit(code="appeals-from-address", tries=10, window=timedelta(hours=1))


@dataclass(frozen=True, kw_only=True)
class Follow:
    """An appeal as its applicant follows it."""

    appeal: Appeal
    round: Round
    words: str
    steps: Sequence[StepLine]
    due_on: date

    @property
    def is_open(self) -> bool:
        return self.appeal.status in OPEN

    @property
    def may_say(self) -> bool:
        """Whether there is an answer to say yes or no to."""
        return self.round.answered_at is not None

    @property
    def may_confirm(self) -> bool:
        return self.may_say and self.round.confirmed_by != "applicant"

    @property
    def may_reopen(self) -> bool:
        return self.appeal.status in {Status.ANSWERED, Status.CLOSED}


def applicant(appeal_id: UUID) -> Actor:
    """Whoever holds the number and code of that appeal, acting on their own behalf."""
    return Actor(code=f"applicant:{appeal_id}", role=Nobody, scope=None, person_id=appeal_id)


def new_applicant() -> Actor:
    """Somebody who is about to send an appeal; its id is that of the actor's own."""
    return applicant(new_id())


def may_send(address: str, *, at: datetime) -> bool:
    """Counts an appeal from that network address; False if it is one too many."""
    return take(SENT_FROM_ADDRESS, address, at=at).rests_until is None


def known_applicant(*, number: str, code: str, address: str, at: datetime) -> Actor | None:
    """The applicant whose number and code these are.

    None, in the same way, for a wrong number, a wrong code, a forgotten appeal, and for a right
    one after too many tries.
    """
    typed = codes.number_typed(number)
    from_address = take(CODE_FROM_ADDRESS, address, at=at)
    of_number = take(CODE_OF_NUMBER, str(typed), at=at)
    if from_address.rests_until is not None or of_number.rests_until is not None:
        return None
    found = None if typed is None else _numbered(typed)
    # Compared with something always, so that an unknown number takes no less time.
    if not codes.opens(found or new_id(), code) or found is None:
        return None
    give_back(from_address)
    give_back(of_number)
    return applicant(found)


def follow(actor: Actor) -> Follow | None:
    """The appeal of an applicant, who asks; none if it was never sent. Three queries."""
    own = Appeal.objects.filter(id=actor.person_id or new_id())
    appeal = own.select_related("branch").first()
    if appeal is None or appeal.sealed_words is None:
        return None
    return Follow(
        appeal=appeal,
        round=Round.objects.filter(appeal=appeal).order_by("-number")[0],
        words=WORDS.open(appeal.id, appeal.sealed_words),
        steps=steps_of(appeal, public=True),
        due_on=appeal.due_on,
    )


def _numbered(number: int) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("select appeal_numbered(%s)", [number])
        (found,) = cursor.fetchone()
    return found if isinstance(found, UUID) else None
