import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pervichka.foundation.ids
from django.conf import settings
from django.db import migrations, models

from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key
from pervichka.register.branches.tree import WHOLE

_OWN = "user_id = (select own_user())"
_FUNCTIONS = (
    "destroy_export_files(uuid[]), destroy_exports_with(uuid), stale_export_files(int, int),"
    " reseal_export_file(uuid, bytea), export_files_by_version()"
)
# A file is its asker's alone, wherever it lies and whoever leads that branch; so whoever destroys
# it can't see it, and does so through a function that shows nothing.
FILES = f"""
-- Deleted with its export and with its asker by the database: nobody else sees what to delete.
alter table people_export_file
  add foreign key (export_id) references people_export (id) on delete cascade,
  add foreign key (user_id) references account (id) on delete cascade;
alter table people_export_file enable row level security;
alter table people_export_file force row level security;
create policy owner_all on people_export_file to pervichka_owner using (true) with check (true);
create policy backup_reads on people_export_file for select to pervichka_backup using (true);
create policy app_own on people_export_file to pervichka_app using ({_OWN}) with check ({_OWN});
create function destroy_export_files(ids uuid[]) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from people_export_file where export_id = any(ids)
$$;
-- Whoever is erased stands in files that lie out of sight, asked for far above or where they were
-- at home before. Each person in a file has an entry of the journal, written along with the file's.
create function destroy_exports_with(somebody uuid)
returns table (export_id uuid, export_branch uuid, export_place bigint)
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with holding as (
    select made.subject_id::uuid as id from journal_entry included
    join journal_entry made on made.tick = included.tick and made.action = 'export.made'
    where included.subject_id = somebody::text and included.action = 'export.included'
  ), gone as (
    update people_export set state = 'gone' from holding
    where people_export.id = holding.id and state = 'made'
    returning people_export.id, people_export.branch_id, people_export.place
  ), files as (
    delete from people_export_file using gone where people_export_file.export_id = gone.id
  )
  select * from gone
$$;
-- Sealed bytes come out for nobody who signed in, whatever they lead: for the local operator alone.
create function stale_export_files(version int, most int)
returns table (export_id uuid, sealed bytea)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if own_user() is not null or bound(1) > {WHOLE.start} or bound(2) < {WHOLE.end}
    or bound(1) is null
  then
    raise exception 'files are sealed anew by the local operator alone'
      using errcode = 'insufficient_privilege';
  end if;
  return query select file.export_id, file.sealed from people_export_file file
    where get_byte(file.sealed, 0) <> version
    order by file.export_id limit most for update;
end $$;
create function reseal_export_file(id uuid, again bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update people_export_file set sealed = again where export_id = id
$$;
create function export_files_by_version() returns table (version int, files bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select get_byte(sealed, 0), count(*) from people_export_file group by 1
$$;
revoke execute on function {_FUNCTIONS} from public;
grant execute on function {_FUNCTIONS} to pervichka_app;
"""
NO_FILES = f"""
drop function {_FUNCTIONS};
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
                ('proposed_by', models.TextField()),
                ('proposed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('decision', models.TextField(blank=True, choices=[('approved', 'Approved'), ('refused', 'Refused')], default='')),
                ('decided_by', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(db_default=models.Func(models.Value('people_export_number'), function='nextval'), editable=False, unique=True)),
                ('post_id', models.UUIDField()),
                ('affiliation', models.TextField(blank=True, default='')),
                ('purpose', models.TextField()),
                ('words', models.TextField()),
                ('form', models.TextField(choices=[('xlsx', 'Xlsx'), ('csv', 'Csv')])),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('asked', 'Asked'), ('made', 'Made'), ('failed', 'Failed'), ('refused', 'Refused'), ('gone', 'Gone')])),
                ('rows', models.IntegerField()),
                ('needs_second', models.BooleanField()),
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
                ('export', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, serialize=False, to='disclosure.peopleexport')),
                ('sealed', models.BinaryField()),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
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
            index=models.Index(fields=['user', '-proposed_at'], name='people_export_of_user'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('decision', ''), ('reason', '')), models.Q(('decided_at__isnull', False), ('decision__in', ['approved', 'refused']), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='people_export_decided'),
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
            constraint=models.CheckConstraint(condition=models.Q(('proposed_by', django.db.models.functions.text.Concat(models.Value('user:'), django.db.models.functions.comparison.Cast(models.F('user'), models.TextField())))), name='people_export_asked_by_its_user'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('proposed_by')), _negated=True), name='people_export_second_person'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('needs_second', False), models.Q(('state__in', ['asked', 'made']), _negated=True), ('decision', 'approved'), _connector='OR'), name='people_export_agreed_to'),
        ),
        migrations.AddConstraint(
            model_name='peopleexport',
            constraint=models.CheckConstraint(condition=models.Q(('decision', 'refused'), ('reason', ''), _negated=True), name='people_export_refused_for_a_reason'),
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
