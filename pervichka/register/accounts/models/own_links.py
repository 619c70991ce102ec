"""Links by which people reach what is held of them, without a user and without a post."""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models import ContactPoint, Person


class OwnLinkWay(models.TextChoices):
    """Sent to an address of the person's, or printed by their branch."""

    EMAIL = "email"
    PAPER = "paper"


class OwnLink(Placed):
    """A link that opens a person's own data once. Of its token a keyed hash alone is kept.

    Whoever opens one that was sent to `contact` has shown that the address is theirs.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(ContactPoint, null=True, on_delete=models.CASCADE, related_name="+")
    way = models.TextField(choices=OwnLinkWay)
    token_hash = models.TextField(unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "own_link"
        constraints = [
            models.CheckConstraint(condition=Q(way__in=OwnLinkWay.values), name="own_link_way"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="own_link_expires"
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.way} of {self.person_id}"
