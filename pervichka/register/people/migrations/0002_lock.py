from django.db import migrations

from pervichka.foundation.postgres.django.locking import locked

_OWN = "person_id = (select own_person())"


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("people", "0001_initial")]

    operations = [
        locked("person", "id = (select own_person())", extractable=True),
        locked("contact_point", _OWN),
        locked("affiliation", _OWN, extractable=True),
        locked("confirmation", _OWN, extractable=True),
        locked("consent", _OWN, extractable=True),
        locked("person_alias", _OWN, extractable=True),
        locked("duplicate_suspicion"),
    ]
