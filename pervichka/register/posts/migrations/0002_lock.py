from django.db import migrations

from pervichka.foundation.postgres.django.locking import locked


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("posts", "0001_initial")]

    operations = [
        locked("post_holding", "user_id = (select own_user())", extractable=True),
    ]
