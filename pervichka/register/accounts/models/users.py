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
