
import django.db.models.deletion
import pervichka.foundation.ids
from django.conf import settings
from django.db import migrations, models


from pervichka.foundation.postgres.django.grants import extractable
from pervichka.register.branches.placed import placed_foreign_key


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Post',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('role', models.TextField()),
                ('opened_on', models.DateField(null=True)),
                ('closed_on', models.DateField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
            ],
            options={
                'db_table': 'post',
            },
        ),
        migrations.CreateModel(
            name='PostHolding',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acting', models.BooleanField(default=False)),
                ('starts_on', models.DateField()),
                ('term_ends_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='holdings', to='people.person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='posts.post')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='holdings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'post_holding',
            },
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='post_kind_given'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('post',), name='post_one_holder'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='post_holding_dates'),
        ),
            placed_foreign_key("post"),
        placed_foreign_key("post_holding"),
            extractable(
            "post",
            "post_holding (id, post_id, user_id, starts_on, term_ends_on, ended_on)",
        ),
    ]
