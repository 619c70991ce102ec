
import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models


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
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='user', to='people.person')),
            ],
            options={
                'db_table': 'account',
            },
        ),
    ]
