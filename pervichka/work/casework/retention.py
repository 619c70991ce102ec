"""What appeals and open hours keep for a time only: who asked, and what was written.

A purpose of its own: kept to answer, and to be asked about the answer.
"""

from pervichka.register.retention.kinds import Kind
from pervichka.work.casework.actions.forgetting import forget_applicants, forget_visitors
from pervichka.work.casework.models import Appeal, Booking, Status

KINDS = (
    Kind(
        code="applicants",
        starts={
            "closed": lambda before: Appeal.objects.filter(
                status=Status.CLOSED, closed_at__lt=before, forgotten_at=None
            )
        },
        ends={"forget": forget_applicants},
    ),
    Kind(
        code="visitors",
        starts={
            "visit": lambda before: Booking.objects.filter(
                begins_at__lt=before, sealed_visitor__isnull=False
            )
        },
        ends={"forget": forget_visitors},
    ),
)
