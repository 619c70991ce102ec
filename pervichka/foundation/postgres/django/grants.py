"""The migration step by which the extracting role may read: whole tables, or columns by name."""

from django.db import migrations


def extractable(*tables: str) -> migrations.RunSQL:
    """Grant `extract` each of `table` or `table (column, …)`."""
    forward, backward = [], []
    for given in tables:
        table, _, columns = given.partition(" ")
        forward.append(f"grant select {columns} on {table} to pervichka_extract")
        backward.append(f"revoke select {columns} on {table} from pervichka_extract")  # noqa: S608 - names from our own migrations
    return migrations.RunSQL("; ".join(forward), "; ".join(backward))
