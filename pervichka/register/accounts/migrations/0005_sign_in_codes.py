import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pervichka.foundation.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_seal_factors_in_the_vault")]

    operations = [
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("id", models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("asked_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("wrong_tries", models.SmallIntegerField(default=0)),
                ("user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "sign_in_code",
                "indexes": [models.Index(fields=["asked_at"], name="sign_in_code_asked")],
            },
        ),
    ]
