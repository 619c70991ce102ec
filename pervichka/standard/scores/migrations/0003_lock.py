from django.db import migrations

from pervichka.foundation.postgres.django.locking import locked


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("scores", "0002_requests")]

    operations = [
        locked("unit_request"),
    ]
