"""A list of people as a file: who asked, what for, who agreed, and what became of it."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.accounts.models import User
from pervichka.register.branches.placed import Placed
from pervichka.register.branches.second_person import Decision, Proposal, proposal_constraints


class ExportForm(models.TextChoices):
    XLSX = "xlsx"
    CSV = "csv"


class ExportState(models.TextChoices):
    """From asking to the end. `waiting` is for a second person, `asked` for the worker."""

    WAITING = "waiting"
    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"
    REFUSED = "refused"
    GONE = "gone"


class PeopleExport(Placed, Proposal):
    """A list of the people of a branch and all below it, asked for by someone in a post.

    It is decided where it needs a second person. `expires_at` is when it is to be decided or made
    by; once made, when it is to be downloaded by. `rows` are those expected until the file is made.
    `failure` is a refusal's `{message, params}`; its text is a surface's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(
        unique=True,
        editable=False,
        db_default=models.Func(Value("people_export_number"), function="nextval"),
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    post_id = models.UUIDField()
    affiliation = models.TextField(blank=True, default="")
    purpose = models.TextField()
    words = models.TextField()
    form = models.TextField(choices=ExportForm)
    state = models.TextField(choices=ExportState)
    rows = models.IntegerField()
    needs_second = models.BooleanField()
    failure = models.JSONField(null=True)

    class Meta:
        db_table = "people_export"
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=["waiting", "asked", "made"]),
                name="people_export_live",
            ),
            models.Index(fields=["user", "-proposed_at"], name="people_export_of_user"),
        ]
        constraints = [
            *proposal_constraints("people_export"),
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="people_export_state"
            ),
            models.CheckConstraint(
                condition=Q(form__in=ExportForm.values), name="people_export_form"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="people_export_for_a_purpose"),
            models.CheckConstraint(
                condition=Q(
                    proposed_by=Concat(Value("user:"), Cast(F("user"), models.TextField()))
                ),
                name="people_export_asked_by_its_user",
            ),
            # Nothing large is made, or even asked of the worker, on one person's word.
            models.CheckConstraint(
                condition=Q(needs_second=False)
                | ~Q(state__in=["asked", "made"])
                | Q(decision=Decision.APPROVED),
                name="people_export_agreed_to",
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(user_id=scope.user_id) if scope.user_id else Q()

    def __str__(self) -> str:
        return f"export {self.number} of {self.branch_id}"


class PeopleExportFile(Placed):
    """The sealed file of an export. The database shows it to nobody but whoever asked for it."""

    # The database deletes it with either: nobody but whoever asked could see what to delete.
    export = models.OneToOneField(
        PeopleExport, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True
    )
    user = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    sealed = models.BinaryField()

    class Meta:
        db_table = "people_export_file"

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """One's own, and nothing by place."""
        return Q(user_id=scope.user_id)

    def __str__(self) -> str:
        return f"file of {self.export_id}"
