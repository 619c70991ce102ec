
import django.db.models.deletion
from django.db import migrations, models

from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key

# A branch that moves takes its rows along; nothing else of a row ever changes, whoever asks.
GUARD = """
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'place') = (to_jsonb(old) - 'place') then
    return new;
  end if;
  raise exception 'the ledger is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger ledger_entry_append_only before update or delete on ledger_entry
  for each row execute function ledger_refuse_change();
create trigger ledger_entry_never_emptied before truncate on ledger_entry
  for each statement execute function ledger_refuse_change();
create trigger ledger_block_append_only before update or delete or truncate on ledger_block
  for each statement execute function ledger_refuse_change();
-- A salt is kept or destroyed; another one in its place would give the person's rows to nobody.
create function person_salt_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a salt is kept or destroyed' using errcode = 'insufficient_privilege';
end $$;
create trigger person_salt_stays before update of person_id, salt, subject on person_salt
  for each row execute function person_salt_refuse_change();
"""
UNGUARD = """
drop trigger person_salt_stays on person_salt;
drop function person_salt_refuse_change();
drop trigger ledger_block_append_only on ledger_block;
drop trigger ledger_entry_never_emptied on ledger_entry;
drop trigger ledger_entry_append_only on ledger_entry;
drop function ledger_refuse_change();
"""

# What was agreed to before there was a ledger enters it as what it is now known to be: the word of
# whoever runs this, but for what people had said themselves.
TAKE_OVER = """
create function pg_temp.hmac(salt bytea, said bytea) returns bytea language plpgsql as $$
declare
  inner_key bytea := salt || decode(repeat('00', 64 - length(salt)), 'hex');
  outer_key bytea := inner_key;
begin
  for i in 0 .. 63 loop
    inner_key := set_byte(inner_key, i, get_byte(inner_key, i) # 54);
    outer_key := set_byte(outer_key, i, get_byte(outer_key, i) # 92);
  end loop;
  return sha256(outer_key || sha256(inner_key || said));
end $$;
insert into person_salt (person_id, branch_id, place, salt, subject)
  select id, branch_id, place, salt, pg_temp.hmac(salt, uuid_send(id)) from (
    select distinct person.id, person.branch_id, person.place,
      sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) as salt
    from person where exists (select from consent where person_id = person.id)
  ) as held;
insert into ledger_entry (branch_id, place, subject, event, basis, purpose, channel, text_code,
    text_version, happened_on, actor, proof, proof_number, recorded_at)
  select consent.branch_id, consent.place, subject, step.event, 'consent', 'branch_work', '',
    text_code, 1, step.happened_on, case when step.event = 'given' then 'self' else 'system' end,
    case when step.event = 'asserted' then 'import' else 'none' end, '', now()
  from consent join person_salt using (person_id) cross join lateral (
    values (1, case when asserted then 'asserted' else 'given' end, given_on),
      (2, 'withdrawn', withdrawn_on)
  ) as step (number, event, happened_on)
  where step.number = 1 or withdrawn_on is not null
  order by consent.id, step.number;
drop function pg_temp.hmac(bytea, bytea);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_scope'),
        ('journal', '0001_journal'),
        ('people', '0004_known_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerBlock',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('up_to_tick', models.BigIntegerField()),
                ('up_to_id', models.BigIntegerField()),
                ('seals', models.BinaryField()),
                ('sealed_at', models.DateTimeField()),
                ('previous_hash', models.TextField()),
                ('hash', models.TextField(unique=True)),
            ],
            options={
                'db_table': 'ledger_block',
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='text_version',
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name='consent',
            name='asserted',
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.CreateModel(
            name='PersonSalt',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='people.person')),
                ('salt', models.BinaryField()),
                ('subject', models.BinaryField(unique=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
            ],
            options={
                'db_table': 'person_salt',
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tick', models.BigIntegerField(db_default=models.Func(function='journal_tick'), editable=False)),
                ('subject', models.BinaryField()),
                ('event', models.TextField(choices=[('given', 'Given'), ('asserted', 'Asserted'), ('confirmed', 'Confirmed'), ('withdrawn', 'Withdrawn')])),
                ('basis', models.TextField(choices=[('consent', 'Consent'), ('membership', 'Membership'), ('contract', 'Contract'), ('legal_obligation', 'Legal Obligation')])),
                ('purpose', models.TextField()),
                ('channel', models.TextField(blank=True, default='')),
                ('text_code', models.TextField()),
                ('text_version', models.IntegerField()),
                ('happened_on', models.DateField(null=True)),
                ('actor', models.TextField()),
                ('proof', models.TextField(choices=[('none', 'None'), ('link', 'Link'), ('paper', 'Paper'), ('import', 'Import'), ('in_person', 'In Person')])),
                ('proof_number', models.TextField(blank=True, default='')),
                ('recorded_at', models.DateTimeField()),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
            ],
            options={
                'db_table': 'ledger_entry',
                'indexes': [models.Index(fields=['tick', 'id'], name='ledger_entry_tick'), models.Index(fields=['subject'], name='ledger_entry_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('event__in', ['given', 'asserted', 'confirmed', 'withdrawn'])), name='ledger_entry_event'), models.CheckConstraint(condition=models.Q(('basis__in', ['consent', 'membership', 'contract', 'legal_obligation'])), name='ledger_entry_basis'), models.CheckConstraint(condition=models.Q(('proof__in', ['none', 'link', 'paper', 'import', 'in_person'])), name='ledger_entry_proof'), models.CheckConstraint(condition=models.Q(('proof_number__regex', '^[0-9a-z-]{0,80}$')), name='ledger_entry_proof_number'), models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['given', 'confirmed']), _negated=True), ('actor', 'self'), ('proof__in', ['paper', 'link']), _connector='OR'), name='ledger_entry_given_by_the_person')],
            },
        ),
        placed_foreign_key("person_salt"),
        placed_foreign_key("ledger_entry"),
        locked("person_salt", "person_id = (select own_person())"),
        locked(
            "ledger_entry",
            "subject = (select subject from person_salt where person_id = (select own_person()))",
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
    ]
