"""Secrets of second factors move under the vault's keys, which are kept apart and rotated."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from pervichka.register.accounts.sealed_factors import sealed_anew, version_of


def reseal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    factors = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
    for factor in factors.all():
        if version_of(factor.data) == 0:
            factor.data = sealed_anew(factor.data)
            factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_in"),
        ("mfa", "0003_authenticator_type_uniq"),
        # Makes the key.
        ("people", "0003_seal_contact_points"),
    ]

    operations = [
        # On the way back there is nothing to do: what lies in the vault opens there too.
        migrations.RunPython(reseal, migrations.RunPython.noop)
    ]
