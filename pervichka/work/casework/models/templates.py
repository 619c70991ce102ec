"""Answers that are written often."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed


class AnswerTemplate(Placed):
    """A text to begin an answer with. Its branch writes it; all below read it.

    `{name}`, `{number}` and `{day}` in the text, in either language, become the applicant's name,
    the appeal's number and the day on which it came.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.TextField()
    subject = models.TextField(blank=True, default="")
    text = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "answer_template"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="answer_template_titled"),
            models.CheckConstraint(condition=~Q(text=""), name="answer_template_worded"),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        """Those of the branches above too."""
        return Q(place__lte=scope.start, branch__place_end__gte=scope.end)

    def __str__(self) -> str:
        return self.title
