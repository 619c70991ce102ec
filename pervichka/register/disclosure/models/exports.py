"""A list of people as a file: who asked, what for, who agreed, and what became of it."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.accounts.models import User
from pervichka.register.branches.placed import Placed


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


class PeopleExport(Placed):
    """A list of the people of a branch and all below it, asked for by someone in a post.

    `asked_by` and `decided_by` are the journal's codes. `rows` are those expected until the file is
    made. `failure` is a refusal's `{message, params}`; its text is a surface's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(
        unique=True,
        editable=False,
        db_default=models.Func(Value("people_export_number"), function="nextval"),
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_by = models.TextField()
    post_id = models.UUIDField()
    affiliation = models.TextField(blank=True, default="")
    purpose = models.TextField()
    words = models.TextField()
    form = models.TextField(choices=ExportForm)
    state = models.TextField(choices=ExportState)
    rows = models.IntegerField()
    needs_second = models.BooleanField()
    asked_at = models.DateTimeField()
    decided_by = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")
    # To be decided until, then to be downloaded until.
    expires_at = models.DateTimeField()
    failure = models.JSONField(null=True)

    class Meta:
        db_table = "people_export"
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=["waiting", "asked", "made"]),
                name="people_export_live",
            ),
            models.Index(fields=["user", "-asked_at"], name="people_export_of_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="people_export_state"
            ),
            models.CheckConstraint(
                condition=Q(form__in=ExportForm.values), name="people_export_form"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="people_export_for_a_purpose"),
            models.CheckConstraint(
                condition=Q(asked_by=Concat(Value("user:"), Cast(F("user"), models.TextField()))),
                name="people_export_asked_by_its_user",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="people_export_second_person"
            ),
            # Nothing large is made, or even asked of the worker, on one person's word.
            models.CheckConstraint(
                condition=Q(needs_second=False)
                | ~Q(state__in=["asked", "made"])
                | ~Q(decided_by=""),
                name="people_export_agreed_to",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused", reason=""), name="people_export_refused_for_a_reason"
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(user_id=scope.user_id) if scope.user_id else Q()

    def __str__(self) -> str:
        return f"export {self.number} of {self.branch_id}"


class PeopleExportFile(Placed):
    """The sealed file of an export. The database shows it to nobody but whoever asked for it."""

    export = models.OneToOneField(PeopleExport, on_delete=models.CASCADE, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        db_table = "people_export_file"

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """One's own, and nothing by place."""
        return Q(user_id=scope.user_id)

    def __str__(self) -> str:
        return f"file of {self.export_id}"
