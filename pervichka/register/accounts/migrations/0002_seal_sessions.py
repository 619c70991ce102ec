"""Sessions are kept sealed, in a table of our own; Django's goes, and with it every session."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        # Makes the key.
        ("people", "0003_seal_contact_points"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("digest", models.TextField(primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("expires_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "session",
                "indexes": [models.Index(fields=["expires_at"], name="session_expires")],
            },
        ),
        migrations.RunSQL("drop table if exists django_session", migrations.RunSQL.noop),
    ]
