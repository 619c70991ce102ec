"""What the accounts keep for a time only."""

from django.db.models import Q

from pervichka.register.accounts.models import Device, Session, SignInSlip, Tally
from pervichka.register.retention.kinds import Kind

KINDS = (
    Kind(
        code="sign_in_slips",
        starts={
            "expired": lambda before: SignInSlip.objects.filter(
                Q(expires_at__lt=before) | Q(used_at__lt=before) | Q(withdrawn_at__lt=before)
            )
        },
    ),
    Kind(
        code="sessions",
        starts={"expired": lambda before: Session.objects.filter(expires_at__lt=before)},
    ),
    Kind(
        code="devices", starts={"ended": lambda before: Device.objects.filter(ended_at__lt=before)}
    ),
    Kind(code="tallies", starts={"began": lambda before: Tally.objects.filter(since__lt=before)}),
)
