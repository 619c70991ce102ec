"""Printed sign-in slips."""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.accounts.models.users import User
from pervichka.register.branches.placed import Placed


class SignInSlip(Placed):
    """A slip that signs its user in once. Of what is printed on it keyed hashes alone are kept.

    `number` is printed too, and no secret: it says which slip the eight digits are tried on, so
    that guessing at all slips at once gains nothing. `place` is that of the post it was printed
    for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="slips")
    number = models.TextField()
    digits_hash = models.TextField()
    token_hash = models.TextField(unique=True)
    language = models.TextField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_slip"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="sign_in_slip_one_live",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="sign_in_slip_number",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None), name="sign_in_slip_one_end"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="sign_in_slip_expires"
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(user_id=scope.user_id) if scope.user_id else Q()

    def __str__(self) -> str:
        return f"slip of {self.user_id}"
