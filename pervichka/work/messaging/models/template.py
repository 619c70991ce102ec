"""A wording that is kept, to begin campaigns from."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed


class MessageTemplate(Placed):
    """A wording in both languages. It leads to nobody; a `shared` one is for every branch."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    subject_ru = models.TextField(blank=True, default="")
    body_ru = models.TextField(blank=True, default="")
    subject_en = models.TextField(blank=True, default="")
    body_en = models.TextField(blank=True, default="")
    shared = models.BooleanField(default=False)
    written_by = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "message_template"
        constraints = [
            models.UniqueConstraint(fields=["branch", "name"], name="message_template_name"),
            models.CheckConstraint(condition=~Q(name=""), name="message_template_named"),
        ]

    @classmethod
    def own(cls, _scope: Scope) -> Q:
        return Q(shared=True)

    def __str__(self) -> str:
        return self.name
