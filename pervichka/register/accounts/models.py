"""Users: whoever signs in. A user name says nothing of its holder, and no address is kept here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from pervichka.foundation.ids import new_id
from pervichka.register.people.models import Person


class UserManager(BaseUserManager["User"]):
    """Finds users by name, as Django's sign-in expects."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(name=username)


class User(AbstractBaseUser):
    """A sign-in. Its one link to a person is what leads from it to a name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField(unique=True)
    person = models.OneToOneField(Person, null=True, on_delete=models.SET_NULL, related_name="user")
    is_active = models.BooleanField(default=True)
    language = models.TextField(default="ru")
    last_active_on = models.DateField(null=True)
    # Place in the list of those whom a made-up organisation lets in by one click; else none.
    one_click_order = models.SmallIntegerField(null=True, unique=True)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.name


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


class MadeUpOrganisation(models.Model):
    """The mark of a database whose people and figures are invented; at most one row.

    `made_on` is the day it lives in: its work ends there. `stages` are those parts of it that stand
    already, so that loading cut short goes on.
    """

    single = models.BooleanField(primary_key=True, default=True)
    size = models.TextField()
    seed = models.BigIntegerField()
    made_on = models.DateField()
    stages = models.JSONField(default=list)

    class Meta:
        db_table = "made_up_organisation"
        constraints = [models.CheckConstraint(condition=models.Q(single=True), name="made_up_once")]

    def __str__(self) -> str:
        return f"{self.size}, seed {self.seed}"
