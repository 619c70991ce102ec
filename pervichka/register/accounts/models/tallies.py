"""How often something was tried of late."""

from django.db import models


class Tally(models.Model):
    """Tries since a moment. `key` is a keyed hash of what was tried and from where, so that the
    table tells nobody's name, number or address."""

    key = models.TextField(primary_key=True)
    since = models.DateTimeField()
    tries = models.IntegerField()

    class Meta:
        db_table = "sign_in_tally"
        indexes = [models.Index(fields=["since"], name="sign_in_tally_since")]

    def __str__(self) -> str:
        return f"{self.tries} since {self.since}"
