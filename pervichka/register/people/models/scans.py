"""Pictures of sheets that came back and are not counted yet."""

from django.db import models

from pervichka.foundation.ids import new_id
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.sheets import ConsentSheet


class SheetScan(Placed):
    """A picture that was taken in: filed to its sheet, or waiting for somebody to say its number.

    It lies sealed, with the branch of the sheet, or of whoever took it in. Once the sheet is
    counted it is the proof there, and no longer here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sheet = models.OneToOneField(
        ConsentSheet, null=True, on_delete=models.CASCADE, related_name="scan"
    )
    taken_by = models.TextField()
    taken_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "sheet_scan"

    def __str__(self) -> str:
        return f"{self.id} of {self.sheet_id or 'no sheet yet'}"
