import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pervichka.foundation.ids
from django.conf import settings
from django.db import migrations, models

from pervichka.foundation.postgres.django.locking import locked, unlocked_besides
from pervichka.register.branches.placed import placed_foreign_key

_OWN = "user_id = (select own_user())"
# A helper's holding is in force while the one it comes from is; so the helper sees both.
DELEGATING = """
create function delegating_holdings() returns uuid[]
language sql stable parallel restricted security definer
set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select delegated_from_id from post_holding
    where user_id = own_user() and delegated_from_id is not null
  )
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_scope'),
        ('posts', '0002_lock'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='postholding',
            name='delegated_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegated', to='posts.postholding'),
        ),
        migrations.CreateModel(
            name='GrantProposal',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('role', models.TextField()),
                ('starts_on', models.DateField()),
                ('term_ends_on', models.DateField(null=True)),
                ('proposed_by', models.TextField()),
                ('proposed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('decision', models.TextField(blank=True, choices=[('approved', 'Approved'), ('refused', 'Refused')], default='')),
                ('decided_by', models.TextField(blank=True, default='')),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'grant_proposal',
                'indexes': [models.Index(condition=models.Q(('decision', '')), fields=['place'], name='grant_proposal_undecided')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('decision', ''), ('reason', '')), models.Q(('decided_at__isnull', False), ('decision__in', ['approved', 'refused']), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='grant_proposal_decided'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('proposed_by')), _negated=True), name='grant_proposal_second_person'), models.CheckConstraint(condition=models.Q(('decided_by', django.db.models.functions.text.Concat(models.Value('user:'), django.db.models.functions.comparison.Cast('user', models.TextField()))), _negated=True), name='grant_proposal_not_for_oneself'), models.CheckConstraint(condition=models.Q(('decision', 'refused'), ('reason', ''), _negated=True), name='grant_proposal_refused_for_a_reason')],
            },
        ),
        placed_foreign_key("grant_proposal"),
        locked("grant_proposal"),
        migrations.RunSQL(DELEGATING, "drop function delegating_holdings()"),
        unlocked_besides(
            "post_holding",
            _OWN,
            "id = any ((select delegating_holdings())::uuid[])",
            before=(_OWN,),
        ),
    ]
