import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pervichka.foundation.ids
from django.conf import settings
from django.db import migrations, models

from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key

_OWN = "user_id = (select own_user())"
# A file is its asker's alone, wherever it lies and whoever leads that branch; so whoever destroys
# it can't see it, and does so through a function that shows nothing.
FILES = f"""
alter table people_export_file enable row level security;
alter table people_export_file force row level security;
create policy owner_all on people_export_file to pervichka_owner using (true) with check (true);
create policy backup_reads on people_export_file for select to pervichka_backup using (true);
create policy app_own on people_export_file to pervichka_app using ({_OWN}) with check ({_OWN});
create function destroy_export_files(ids uuid[]) returns void
language sql security definer set search_path = pg_catalog, public as $$
  delete from people_export_file where export_id = any(ids)
$$;
-- Whoever is erased may stand in a file that was asked for far above: it goes, out of sight or not.
create function destroy_exports_around(somewhere bigint)
returns table (export_id uuid, export_branch uuid, export_place bigint)
language sql security definer set search_path = pg_catalog, public as $$
  with gone as (
    update people_export set state = 'gone' from branch
    where branch.id = branch_id and state = 'made'
      and branch.place <= somewhere and branch.place_end >= somewhere
    returning people_export.id, people_export.branch_id, people_export.place
  ), files as (
    delete from people_export_file using gone where people_export_file.export_id = gone.id
  )
  select * from gone
$$;
revoke execute on function destroy_export_files(uuid[]), destroy_exports_around(bigint) from public;
grant execute on function destroy_export_files(uuid[]), destroy_exports_around(bigint)
  to pervichka_app;
"""
NO_FILES = """
drop function destroy_exports_around(bigint);
drop function destroy_export_files(uuid[]);
drop policy app_own on people_export_file;
drop policy backup_reads on people_export_file;
drop policy owner_all on people_export_file;
alter table people_export_file no force row level security;
alter table people_export_file disable row level security;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0002_scope'),
        ('people', '0011_my_data'),
        ('posts', '0003_grants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("create sequence people_export_number", "drop sequence people_export_number"),
        migrations.CreateModel(
            name='PeopleExport',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(db_default=models.Func(models.Value('people_export_number'), function='nextval'), editable=False, unique=True)),
                ('asked_by', models.TextField()),
                ('post_id', models.UUIDField()),
                ('affiliation', models.TextField(blank=True, default='')),
                ('purpose', models.TextField()),
                ('words', models.TextField()),
                ('form', models.TextField(choices=[('xlsx', 'Xlsx'), ('csv', 'Csv')])),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('asked', 'Asked'), ('made', 'Made'), ('failed', 'Failed'), ('refused', 'Refused'), ('gone', 'Gone')])),
                ('rows', models.IntegerField()),
                ('needs_second', models.BooleanField()),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('expires_at', models.DateTimeField()),
                ('failure', models.JSONField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'people_export',
            },
        ),
        migrations.CreateModel(
            name='RowBudget',
            fields=[
                ('pk', models.CompositePrimaryKey('user_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('spent', models.IntegerField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'row_budget',
            },
        ),
        migrations.CreateModel(
            name='BudgetRaise',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('rows', models.IntegerField()),
                ('reason', models.TextField()),
                ('raised_by', models.TextField()),
                ('raised_at', models.DateTimeField()),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'budget_raise',
                'indexes': [models.Index(fields=['user', 'day'], name='budget_raise_of_a_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rows__gt', 0)), name='budget_raise_rows'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='budget_raise_for_a_reason'), models.CheckConstraint(condition=models.Q(('raised_by', django.db.models.functions.text.Concat(models.Value('user:'), django.db.models.functions.comparison.Cast(models.F('user'), models.TextField()))), _negated=True), name='budget_raise_not_for_oneself')],
            },
        ),
        migrations.CreateModel(
            name='PeopleExportFile',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('export', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='disclosure.peopleexport')),
                ('sealed', models.BinaryField()),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'people_export_file',
            },
        ),
        migrations.AddIndex(
            model_name='peopleexport',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'asked', 'made'])), fields=['expires_at'], name='people_export_live'),
        ),
        migrations.AddIndex(
            model_name='peopleexport',
            index=models.Index(fields=['user', '-asked_at'], name='people_export_of_user'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'asked', 'made', 'failed', 'refused', 'gone'])), name='people_export_state'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['xlsx', 'csv'])), name='people_export_form'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='people_export_for_a_purpose'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by', django.db.models.functions.text.Concat(models.Value('user:'), django.db.models.functions.comparison.Cast(models.F('user'), models.TextField())))), name='people_export_asked_by_its_user'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='people_export_second_person'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('needs_second', False), models.Q(('state__in', ['asked', 'made']), _negated=True), models.Q(('decided_by', ''), _negated=True), _connector='OR'), name='people_export_agreed_to'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), ('state', 'refused'), _negated=True), name='people_export_refused_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='rowbudget',
            constraint=models.CheckConstraint(condition=models.Q(('spent__gte', 0)), name='row_budget_spent'),
        ),
        placed_foreign_key("people_export"),
        placed_foreign_key("people_export_file"),
        placed_foreign_key("budget_raise"),
        locked("people_export", _OWN),
        locked("budget_raise", _OWN),
        migrations.RunSQL(FILES, NO_FILES),
    ]
