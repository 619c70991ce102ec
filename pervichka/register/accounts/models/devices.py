"""Where a user is signed in: one row for each session, with no key that would open it."""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.register.accounts.models.users import User


class Device(models.Model):
    """A browser in which a user is signed in. Its session names this row, never the other way.

    It leads to a user and through them to a person, but to no branch: it is its owner's alone, who
    may hold posts in several branches or in none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    # What its browser calls itself, shortened to two words of ours such as `firefox android`.
    name = models.TextField()
    way = models.TextField()
    # Whether a post was held in it: then it ends with the last of them.
    in_post = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "account_device"
        indexes = [
            models.Index(fields=["user"], condition=Q(ended_at=None), name="account_device_live")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_seen_at__gte=F("began_at")), name="account_device_seen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"
