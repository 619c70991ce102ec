"""What every table that leads to a person carries: its branch, and that branch's place in the tree.

Row-level security then needs no join, and a branch that moves takes its rows along: the foreign
key is over both columns and cascades.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.db import migrations, models
from django.db.models import Q

from pervichka.foundation.postgres.scope import Scope, demanded
from pervichka.register.branches.models import Branch
from pervichka.register.branches.tree import WHOLE

_Row = TypeVar("_Row", bound="Placed")


class InScope(models.Manager[_Row]):
    """Rows of the scope in force, beside the database's own lock and not in place of it.

    Raises `ScopeMissing` where nobody said whose part of the tree is meant.
    """

    def get_queryset(self) -> models.QuerySet[_Row]:
        rows = super().get_queryset()
        scope = demanded()
        if scope.start <= WHOLE.start and scope.end >= WHOLE.end:
            return rows
        return rows.filter(self.model.in_scope(scope))


class Placed(models.Model):
    """A row that belongs to a branch. Assign `branch`; `place` follows from it."""

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    place = models.BigIntegerField(editable=False)
    objects: ClassVar[InScope[Self]] = InScope()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.place = self.branch.place
        super().save(*args, **kwargs)

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Which rows the scope holds: those of its places and, where a table says so, one's own."""
        return Q(place__gte=scope.start, place__lte=scope.end) | cls.own(scope)

    @classmethod
    def own(cls, _scope: Scope) -> Q:
        """Rows that are one's own wherever they lie; none, unless a table says which."""
        return Q()


def placed_foreign_key(table: str) -> migrations.RunSQL:
    """The migration step that ties `(branch_id, place)` of the table to its branch."""
    name = f"{table}_placed"
    return migrations.RunSQL(
        f"""
        alter table {table} add constraint {name} foreign key (branch_id, place)
          references branch (id, place) on update cascade deferrable initially deferred;
        create index {name} on {table} (place);
        """,
        f"drop index {name}; alter table {table} drop constraint {name};",
    )
