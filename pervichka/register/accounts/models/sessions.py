"""Sessions as they are stored."""

from django.db import models

from pervichka.register.accounts.models.users import User


class Session(models.Model):
    """A session, sealed: see `sessions`. It leads to a user and to no branch, as users do."""

    # The SHA-256 of the cookie's key, in hexadecimal.
    digest = models.TextField(primary_key=True)
    sealed = models.BinaryField()
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "session"
        indexes = [models.Index(fields=["expires_at"], name="session_expires")]

    def __str__(self) -> str:
        return self.digest[:12]
