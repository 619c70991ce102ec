import django.contrib.postgres.fields
import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.functions import Now
from ruamel.yaml import YAML

from pervichka.register.texts.document import SHIPPED, fingerprint
from pervichka.register.texts.wording import ConsentText

# Whoever asks, the owner of the tables included; a restore loads rows and so is not held up.
GUARD = """
create function published_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% never changes once it is written', tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger published_text_stays before update or delete or truncate on published_text
  for each statement execute function published_refuse_change();
create trigger controller_stays before update or delete or truncate on controller
  for each statement execute function published_refuse_change();
"""
UNGUARD = """
drop trigger controller_stays on controller;
drop trigger published_text_stays on published_text;
drop function published_refuse_change();
"""


def publish_shipped(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The text that ships is there from the start: what was agreed to before points to it."""
    said = YAML(typ="safe").load((SHIPPED / "default.yaml").read_text(encoding="utf-8"))
    rows = apps.get_model("texts", "PublishedText").objects.using(schema_editor.connection.alias)
    rows.create(
        **said,
        fingerprint=fingerprint(ConsentText(**said)),
        proposed_by="system",
        published_by="system",
        published_at=Now(),
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0002_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedText',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.TextField()),
                ('version', models.IntegerField()),
                ('basis', models.TextField(choices=[('consent', 'Consent'), ('membership', 'Membership'), ('contract', 'Contract'), ('legal_obligation', 'Legal Obligation')])),
                ('purpose', models.TextField()),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('aim', models.JSONField()),
                ('text', models.JSONField()),
                ('fingerprint', models.TextField()),
                ('proposed_by', models.TextField()),
                ('published_by', models.TextField()),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'published_text',
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='published_text_version'), models.CheckConstraint(condition=models.Q(('version__gt', 0)), name='published_text_number'), models.CheckConstraint(condition=models.Q(('basis__in', ['consent', 'membership', 'contract', 'legal_obligation'])), name='published_text_basis'), models.CheckConstraint(condition=models.Q(models.Q(('published_by', models.F('proposed_by')), _negated=True), ('published_by__in', ['operator', 'system']), _connector='OR'), name='published_text_second_person')],
            },
        ),
        migrations.CreateModel(
            name='TextDraft',
            fields=[
                ('proposed_by', models.TextField()),
                ('proposed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('decision', models.TextField(blank=True, choices=[('approved', 'Approved'), ('refused', 'Refused')], default='')),
                ('decided_by', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.TextField()),
                ('version', models.IntegerField()),
                ('document', models.TextField()),
                ('fingerprint', models.TextField()),
            ],
            options={
                'db_table': 'text_draft',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('decision', ''), ('reason', '')), models.Q(('decided_at__isnull', False), ('decision__in', ['approved', 'refused']), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='text_draft_decided'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('proposed_by')), _negated=True), name='text_draft_second_person'), models.CheckConstraint(condition=models.Q(('decision', 'refused'), ('reason', ''), _negated=True), name='text_draft_refused_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Controller',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField(blank=True)),
                ('number', models.TextField(blank=True)),
                ('address', models.TextField(blank=True)),
                ('valid_from', models.DateField()),
                ('named_by', models.TextField()),
                ('named_at', models.DateTimeField()),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
            ],
            options={
                'db_table': 'controller',
                'indexes': [models.Index(fields=['branch', '-valid_from', '-named_at'], name='controller_branch')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('name', ''), ('number', '')), models.Q(models.Q(('name', ''), _negated=True), models.Q(('number', ''), _negated=True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='controller_whole')],
            },
        ),
        migrations.RunPython(publish_shipped, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
