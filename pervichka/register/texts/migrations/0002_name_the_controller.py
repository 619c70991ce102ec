from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.functions import Now
from ruamel.yaml import YAML

from pervichka.register.texts.document import SHIPPED, fingerprint
from pervichka.register.texts.wording import ConsentText


def publish_second(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The text that ships names the controller; an organisation that went on from it keeps its own."""
    rows = apps.get_model("texts", "PublishedText").objects.using(schema_editor.connection.alias)
    if rows.filter(code="default", version__gt=1).exists():
        return
    said = YAML(typ="safe").load((SHIPPED / "default-2.yaml").read_text(encoding="utf-8"))
    rows.create(
        **said,
        fingerprint=fingerprint(ConsentText(**said)),
        proposed_by="system",
        published_by="system",
        published_at=Now(),
    )


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_initial")]

    operations = [migrations.RunPython(publish_second, migrations.RunPython.noop)]
