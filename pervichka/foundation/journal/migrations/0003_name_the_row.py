"""Blocks that name the very entry that was touched, entries that say whether they are a look.

The blocks so far are computed anew once more before they go; the sealer then seals everything into
new ones within its next seconds.
"""

import hashlib
import json
from datetime import UTC

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

# The looks that were written down before entries said so.
_OPEN = "alter table journal_entry disable trigger journal_entry_append_only"
_CLOSE = "alter table journal_entry enable trigger journal_entry_append_only"
_LOOKS = "update journal_entry set look = true where action in ('contact.dialled', 'contact.shown')"

GUARD = """
create trigger journal_block_append_only before update or delete on journal_block
  for each statement execute function journal_refuse_change();
"""
UNGUARD = "drop trigger journal_block_append_only on journal_block"


class JournalChanged(Exception):
    """Sealed entries are no longer as they were; nothing is sealed anew over that."""


def verify(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Raise `JournalChanged` if a block no longer agrees with its entries or the one before."""
    alias = schema_editor.connection.alias
    blocks = apps.get_model("journal", "Block").objects.using(alias)  # type: ignore[attr-defined]
    entries = apps.get_model("journal", "Entry").objects.using(alias)  # type: ignore[attr-defined]
    previous, after = "0" * 64, 0
    for block in blocks.order_by("number").iterator(1_000):
        hasher, count = hashlib.sha256(previous.encode()), 0
        there = entries.filter(tick__gt=after, tick__lte=block.up_to_tick)
        for item in there.order_by("tick", "id").iterator(2_000):
            hasher.update(_canonical(item))
            count += 1
        if (block.previous_hash, block.after_tick) != (previous, after) or (
            (hasher.hexdigest(), count) != (block.hash, block.entries)
        ):
            message = f"block {block.number} of the journal is not as it was sealed"
            raise JournalChanged(message)
        previous, after = block.hash, block.up_to_tick


def _canonical(item: object) -> bytes:
    values = [
        item.id,  # type: ignore[attr-defined]
        item.tick,  # type: ignore[attr-defined]
        item.at.astimezone(UTC).isoformat(),  # type: ignore[attr-defined]
        item.actor,  # type: ignore[attr-defined]
        item.action,  # type: ignore[attr-defined]
        item.subject_type,  # type: ignore[attr-defined]
        item.subject_id,  # type: ignore[attr-defined]
        None if item.branch_id is None else str(item.branch_id),  # type: ignore[attr-defined]
        item.place,  # type: ignore[attr-defined]
        item.fields,  # type: ignore[attr-defined]
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_lock")]

    operations = [
        migrations.RunPython(verify, migrations.RunPython.noop),
        migrations.AddField("Entry", "look", models.BooleanField(default=False, db_default=False)),
        migrations.RunSQL([_OPEN, _LOOKS, _CLOSE], migrations.RunSQL.noop),
        migrations.DeleteModel("Block"),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("up_to_tick", models.BigIntegerField()),
                ("up_to_id", models.BigIntegerField()),
                ("seals", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("previous_hash", models.TextField()),
                ("hash", models.TextField(unique=True)),
            ],
            options={"db_table": "journal_block", "abstract": False},
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RemoveIndex("Entry", "journal_entry_branch"),
        migrations.AddIndex("Entry", models.Index(fields=["place", "-id"], name="journal_entry_place")),
        migrations.AddIndex("Entry", models.Index(condition=Q(look=True), fields=["-id"], name="journal_entry_look")),
        migrations.AddIndex("Entry", models.Index(condition=Q(look=True), fields=["place", "-id"], name="journal_entry_look_place")),
    ]
