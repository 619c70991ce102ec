"""The steps of an appeal, opened for whoever may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pervichka.register.branches.queries.units import branch_label
from pervichka.work.casework.models import Appeal, Step
from pervichka.work.casework.sealed import STEP


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """`text` is empty where nothing was written, or where it is not for this reader."""

    id: UUID
    kind: str
    public: bool
    at: datetime
    by_applicant: bool
    text: str
    to: str
    told_at: datetime | None
    told_through: str


def steps_of(appeal: Appeal, *, public: bool, worded: bool = True) -> Sequence[StepLine]:
    """In the order in which they happened. One query."""
    steps = Step.objects.filter(appeal=appeal).select_related("to").order_by("at", "id")
    if public:
        steps = steps.filter(public=True)
    own = f"applicant:{appeal.id}"
    return [
        StepLine(
            id=step.id,
            kind=step.kind,
            public=step.public,
            at=step.at,
            by_applicant=step.by == own,
            text=STEP.open(step.id, step.sealed_text) if worded and step.sealed_text else "",
            to=branch_label(step.to) if step.to else "",
            told_at=step.told_at,
            told_through=step.told_through,
        )
        for step in steps
    ]
