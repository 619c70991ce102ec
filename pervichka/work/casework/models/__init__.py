"""Appeals of residents: what was asked, how it went, what was answered, who said it is solved."""

from pervichka.work.casework.models.appeal import OPEN, Appeal, Channel, Status, TellBy
from pervichka.work.casework.models.rounds import ConfirmedBy, Outcome, Round
from pervichka.work.casework.models.steps import PUBLIC, Step, StepKind

__all__ = [
    "OPEN",
    "PUBLIC",
    "Appeal",
    "Channel",
    "ConfirmedBy",
    "Outcome",
    "Round",
    "Status",
    "Step",
    "StepKind",
    "TellBy",
]
