"""What is true of appeals. Reads of what people wrote take the actor."""

from pervichka.work.casework.codes import code_of
from pervichka.work.casework.evidence import Evidence
from pervichka.work.casework.models import (
    OPEN,
    Appeal,
    Channel,
    ConfirmedBy,
    Outcome,
    Round,
    Status,
    StepKind,
    TellBy,
)
from pervichka.work.casework.queries.applicants import (
    Follow,
    applicant,
    follow,
    known_applicant,
    may_send,
    new_applicant,
)
from pervichka.work.casework.queries.for_facts import RoundForFacts, facts_of
from pervichka.work.casework.queries.lists import (
    AppealFilter,
    AppealRow,
    Waiting,
    appeal_numbered,
    appeal_of,
    appeals_of,
    waiting_in,
)
from pervichka.work.casework.queries.page import (
    AppealPage,
    Choice,
    appeal_page,
    applicant_of,
    branches_to_forward,
    may_read,
    most_to_extend,
    posts_to_assign,
)
from pervichka.work.casework.queries.steps import StepLine
from pervichka.work.casework.sealed import Applicant
from pervichka.work.casework.subjects import Subject, subjects

__all__ = [
    "OPEN",
    "Appeal",
    "AppealFilter",
    "AppealPage",
    "AppealRow",
    "Applicant",
    "Channel",
    "Choice",
    "ConfirmedBy",
    "Evidence",
    "Follow",
    "Outcome",
    "Round",
    "RoundForFacts",
    "Status",
    "StepKind",
    "StepLine",
    "Subject",
    "TellBy",
    "Waiting",
    "appeal_numbered",
    "appeal_of",
    "appeal_page",
    "appeals_of",
    "applicant",
    "applicant_of",
    "branches_to_forward",
    "code_of",
    "facts_of",
    "follow",
    "known_applicant",
    "may_read",
    "may_send",
    "most_to_extend",
    "new_applicant",
    "posts_to_assign",
    "subjects",
    "waiting_in",
]
