"""Posts of a branch, and who held them when. Through a post a user gets rights over a subtree."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.accounts.models import User
from pervichka.register.branches.placed import Placed
from pervichka.register.branches.second_person import Proposal, proposal_constraints
from pervichka.register.people.models import Person


class Post(Placed):
    """A post of a branch: what it is called (a code with labels in the pack) and its role."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    role = models.TextField()
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "post"
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="post_kind_given")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.branch_id}"


class PostHolding(Placed):
    """A person holds a post for a term. `ended_on` is the day it ended before the term did."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="holdings"
    )
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="holdings")
    acting = models.BooleanField(default=False)
    starts_on = models.DateField()
    term_ends_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # A helper's: the secretary's own holding, without which this one gives no rights.
    delegated_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="delegated"
    )

    class Meta:
        db_table = "post_holding"
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(ended_on=None), name="post_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")),
                name="post_holding_dates",
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        """One's own, and those that one's own were delegated from."""
        if not scope.user_id:
            return Q()
        # Not through this manager, which asks here.
        mine = cls._base_manager.filter(user=scope.user_id)
        return Q(user=scope.user_id) | Q(id__in=mine.values("delegated_from"))

    def __str__(self) -> str:
        return f"{self.post_id} from {self.starts_on}"


class GrantProposal(Placed, Proposal):
    """A powerful post is to be given to somebody, once a second person agrees.

    The database itself holds that whoever decides is not who gets the post.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    role = models.TextField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    term_ends_on = models.DateField(null=True)

    class Meta:
        db_table = "grant_proposal"
        constraints = [
            *proposal_constraints("grant_proposal"),
            models.CheckConstraint(
                condition=~Q(decided_by=Concat(Value("user:"), Cast("user", models.TextField()))),
                name="grant_proposal_not_for_oneself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["place"], condition=Q(decision=""), name="grant_proposal_undecided"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.user_id}"
