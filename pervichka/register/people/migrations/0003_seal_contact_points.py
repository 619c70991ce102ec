"""Contact points are kept sealed. The table is written anew, so that no clear byte stays in it."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from pervichka.foundation import vault

_AT_ONCE = 10_000
_SEALED = vault.Cell("contact_point", "sealed")
# Asked before it is known who asks, hence with the owner's rights: see `people_by_contact`.
_HOLDERS = """
create function contact_holders(blinds bytea[]) returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct person_id), '{}') from contact_point
  where blind_index = any(blinds)
$$;
revoke execute on function contact_holders(bytea[]) from public;
grant execute on function contact_holders(bytea[]) to pervichka_app;
"""


def seal(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # The one place where a key is made: a database that is restored later must bring its own.
    vault.ensure_key()
    keys = vault.ring()
    with schema_editor.connection.cursor() as cursor:
        last = "00000000-0000-0000-0000-000000000000"
        while True:
            cursor.execute(
                "select id, kind, value from contact_point where id > %s order by id limit %s",
                [last, _AT_ONCE],
            )
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            cursor.execute(
                "update contact_point set sealed = given.sealed, blind_index = given.blind_index"
                " from unnest(%s::uuid[], %s::bytea[], %s::bytea[]) as given (id, sealed, blind_index)"
                " where contact_point.id = given.id",
                [
                    [id_ for id_, _, _ in rows],
                    [_SEALED.seal(id_, value, keys) for id_, _, value in rows],
                    [keys.blind(kind, value) for _, kind, value in rows],
                ],
            )


class Migration(migrations.Migration):
    dependencies = [("people", "0002_lock")]

    operations = [
        migrations.AddField("contactpoint", "sealed", models.BinaryField(null=True)),
        migrations.AddField("contactpoint", "blind_index", models.BinaryField(null=True)),
        # There is no way back: clear values don't return.
        migrations.RunPython(seal),
        migrations.RemoveConstraint("contactpoint", "contact_point_once_a_person"),
        migrations.RemoveIndex("contactpoint", "contact_point_value"),
        migrations.RemoveField("contactpoint", "value"),
        # A dropped column's bytes stay in the rows until they are written anew; this does it.
        migrations.RunSQL(
            "alter table contact_point alter column sealed type bytea using sealed || ''::bytea",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("contactpoint", "sealed", models.BinaryField()),
        migrations.AlterField("contactpoint", "blind_index", models.BinaryField()),
        migrations.AddIndex(
            "contactpoint", models.Index(fields=["blind_index"], name="contact_point_blind")
        ),
        migrations.AddConstraint(
            "contactpoint",
            models.UniqueConstraint(
                fields=["person", "kind", "blind_index"], name="contact_point_once_a_person"
            ),
        ),
        migrations.RunSQL(_HOLDERS, "drop function contact_holders(bytea[])"),
    ]
