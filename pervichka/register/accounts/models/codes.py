"""Codes that sign in, sent by e-mail."""

from django.db import models

from pervichka.foundation.ids import new_id
from pervichka.register.accounts.models.users import User


class SignInCode(models.Model):
    """A code that somebody asked for; without a user where the address leads to none.

    Code, address and language are sealed together into the row. It leads to a user and to no
    branch, as sessions do.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    wrong_tries = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "sign_in_code"
        indexes = [models.Index(fields=["asked_at"], name="sign_in_code_asked")]

    def __str__(self) -> str:
        return f"code of {self.user_id}"
