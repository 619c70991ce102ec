"""A person of the register, and the other codes by which they are known."""

from typing import Any

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.names import name_key


class Person(Placed):
    """A person, in their home branch.

    `code` is what facts and the standard know the person by; `known_since` is the day from which
    the person counts, none meaning always, and `uncounted_since` the first on which they count no
    more, though they are held.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField(unique=True)
    last_name = models.TextField(blank=True, default="")
    first_name = models.TextField(blank=True, default="")
    patronymic = models.TextField(blank=True, default="")
    # What names are compared by, so that «Пётр» and «ПЕТР» are one; follows from the names.
    name_key = models.TextField(editable=False)
    born_on = models.DateField(null=True)
    address = models.TextField(blank=True, default="")
    known_since = models.DateField(null=True)
    uncounted_since = models.DateField(null=True)

    class Meta:
        db_table = "person"
        constraints = [
            models.CheckConstraint(
                condition=~Q(last_name="", first_name="", patronymic=""), name="person_named"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="person_code_given"),
        ]
        indexes = [
            models.Index(fields=["place", "name_key", "id"], name="person_place_key"),
            models.Index(fields=["born_on", "name_key"], name="person_born_name"),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(id=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.last_name, self.first_name, self.patronymic)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        names = (self.last_name, self.first_name, self.patronymic)
        return " ".join(name for name in names if name)

    @property
    def short_name(self) -> str:
        """«Иванова А. П.»."""
        initials = " ".join(f"{name[0]}." for name in (self.first_name, self.patronymic) if name)
        return f"{self.last_name} {initials}".strip()


class PersonAlias(Placed):
    """Another code by which other systems know a person who turned out to be the same."""

    code = models.TextField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        db_table = "person_alias"
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="person_alias_code_given")
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return self.code
