import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models

from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key

NUMBERS = "create sequence consent_sheet_number start 100001"
TIE = """
alter table consent_sheet add constraint consent_sheet_text_version
  foreign key (text_code, text_version) references published_text (code, version);
create function consent_sheet_refuse_second() returns trigger language plpgsql as $$
begin
  raise exception 'a sheet counts once' using errcode = 'insufficient_privilege';
end $$;
create trigger consent_sheet_counts_once before update of number, counted_at on consent_sheet
  for each row when (old.counted_at is not null) execute function consent_sheet_refuse_second();
"""
UNTIE = """
drop trigger consent_sheet_counts_once on consent_sheet;
drop function consent_sheet_refuse_second();
alter table consent_sheet drop constraint consent_sheet_text_version;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_scope'),
        ('people', '0008_agree_to_versions'),
        ('texts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentSheet',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.TextField(unique=True)),
                ('text_code', models.TextField()),
                ('text_version', models.IntegerField()),
                ('language', models.TextField()),
                ('printed_by', models.TextField()),
                ('printed_at', models.DateTimeField()),
                ('counted_at', models.DateTimeField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('controller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='texts.controller')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'consent_sheet',
            },
        ),
        migrations.CreateModel(
            name='SignedSheet',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='signed', serialize=False, to='people.consentsheet')),
                ('signed_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('media_type', models.TextField(blank=True, default='')),
                ('sealed', models.BinaryField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signed_sheets', to='people.person')),
            ],
            options={
                'db_table': 'signed_sheet',
            },
        ),
        migrations.AddIndex(
            model_name='consentsheet',
            index=models.Index(fields=['branch', '-printed_at'], name='consent_sheet_branch'),
        ),
        migrations.AddConstraint(
            model_name='consentsheet',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9]{8,20}$')), name='consent_sheet_number'),
        ),
        migrations.AddConstraint(
            model_name='signedsheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('media_type', ''), ('sealed', None)), models.Q(('sealed__isnull', False), models.Q(('media_type', ''), _negated=True)), _connector='OR'), name='signed_sheet_image'),
        ),
        placed_foreign_key("consent_sheet"),
        placed_foreign_key("signed_sheet"),
        locked("consent_sheet"),
        locked("signed_sheet", "person_id = (select own_person())"),
        migrations.RunSQL(NUMBERS, "drop sequence consent_sheet_number"),
        migrations.RunSQL(TIE, UNTIE),
    ]
