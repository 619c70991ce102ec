from django.db import migrations

from pervichka.foundation.postgres.django.locking import locked


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("facts", "0001_initial")]

    operations = [
        locked("fact", extractable=True),
    ]
