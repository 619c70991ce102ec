"""How many rows about people an account was shown on a day, and who let it be shown more."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.accounts.models import User
from pervichka.register.branches.placed import Placed


class RowBudget(models.Model):
    """Rows about people beyond their own branch that an account was shown on a day.

    It leads to a user and to no branch: an account may hold posts in several.
    """

    pk = models.CompositePrimaryKey("user_id", "day")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    spent = models.IntegerField()

    class Meta:
        db_table = "row_budget"
        constraints = [models.CheckConstraint(condition=Q(spent__gte=0), name="row_budget_spent")]

    def __str__(self) -> str:
        return f"{self.spent} of {self.user_id} on {self.day}"


class BudgetRaise(Placed):
    """So many rows more for one account on one day. `place` is that of a post they hold.

    `raised_by` is the journal's code of another person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    rows = models.IntegerField()
    reason = models.TextField()
    raised_by = models.TextField()
    raised_at = models.DateTimeField()

    class Meta:
        db_table = "budget_raise"
        indexes = [models.Index(fields=["user", "day"], name="budget_raise_of_a_day")]
        constraints = [
            models.CheckConstraint(condition=Q(rows__gt=0), name="budget_raise_rows"),
            models.CheckConstraint(condition=~Q(reason=""), name="budget_raise_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(raised_by=Concat(Value("user:"), Cast(F("user"), models.TextField()))),
                name="budget_raise_not_for_oneself",
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(user_id=scope.user_id) if scope.user_id else Q()

    def __str__(self) -> str:
        return f"{self.rows} more for {self.user_id} on {self.day}"
