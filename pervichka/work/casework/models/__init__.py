"""Appeals of residents: what was asked, how it went, what was answered, who said it is solved."""

from pervichka.work.casework.models.appeal import OPEN, Appeal, Channel, Status, TellBy
from pervichka.work.casework.models.attachments import Attachment, FileKind
from pervichka.work.casework.models.letters import Letter
from pervichka.work.casework.models.rounds import ConfirmedBy, Outcome, Round
from pervichka.work.casework.models.steps import PUBLIC, Step, StepKind
from pervichka.work.casework.models.surgeries import Booking, Surgery, SurgeryStatus
from pervichka.work.casework.models.templates import AnswerTemplate

__all__ = [
    "OPEN",
    "PUBLIC",
    "AnswerTemplate",
    "Appeal",
    "Attachment",
    "Booking",
    "Channel",
    "ConfirmedBy",
    "FileKind",
    "Letter",
    "Outcome",
    "Round",
    "Status",
    "Step",
    "StepKind",
    "Surgery",
    "SurgeryStatus",
    "TellBy",
]
