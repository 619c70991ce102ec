"""Who was erased, and who asked not to be held again. Neither row says a name, a number or a code.

What an erasure says of a person is an identifier that leads to nobody any more, except in a backup
made before: so a restored backup can be told whom to erase again.
"""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id


class Erasure(models.Model):
    """The act of an erasure: its number, its moment, how much was erased. Append-only.

    `counts` is empty where the act was taken over from the file beside the keys and there was
    nothing left to erase; `hash` is then as it was printed.
    """

    number = models.BigIntegerField(primary_key=True)
    person_id = models.UUIDField(unique=True)
    erased_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    hash = models.TextField()
    # Erased once more in a database that was restored from an older backup.
    replayed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "erasure"
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="erasure_number")]

    def __str__(self) -> str:
        return f"{self.number} of {self.erased_at:%Y-%m-%d}"


class Suppression(models.Model):
    """A keyed hash of what tells somebody apart who does not wish to be held.

    `key_version` is that of the vault's key: the hash is found for as long as this key is there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    blind_index = models.BinaryField(unique=True)
    key_version = models.SmallIntegerField()
    suppressed_on = models.DateField()

    class Meta:
        db_table = "suppression"

    def __str__(self) -> str:
        return f"{bytes(self.blind_index).hex()[:8]} since {self.suppressed_on}"
