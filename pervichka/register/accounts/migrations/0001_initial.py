import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models

from pervichka.foundation.postgres.django.grants import extractable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField(unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('language', models.TextField(default='ru')),
                ('last_active_on', models.DateField(null=True)),
                ('one_click_order', models.SmallIntegerField(null=True, unique=True)),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='user', to='people.person')),
            ],
            options={
                'db_table': 'account',
            },
        ),
        migrations.CreateModel(
            name='MadeUpOrganisation',
            fields=[
                ('single', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('size', models.TextField()),
                ('seed', models.BigIntegerField()),
                ('made_on', models.DateField()),
                ('stages', models.JSONField(default=list)),
            ],
            options={
                'db_table': 'made_up_organisation',
                'constraints': [models.CheckConstraint(condition=models.Q(('single', True)), name='made_up_once')],
            },
        ),
            extractable(
            "account (id, last_active_on)",
        ),
    ]
