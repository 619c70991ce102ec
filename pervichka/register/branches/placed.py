"""What every table that leads to a person carries: its branch, and that branch's place in the tree.

Row-level security then needs no join, and a branch that moves takes its rows along: the foreign
key is over both columns and cascades.
"""

from typing import Any

from django.db import migrations, models

from pervichka.register.branches.models import Branch


class Placed(models.Model):
    """A row that belongs to a branch. Assign `branch`; `place` follows from it."""

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    place = models.BigIntegerField(editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.place = self.branch.place
        super().save(*args, **kwargs)


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
