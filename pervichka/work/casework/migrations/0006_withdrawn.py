from django.db import migrations, models

KINDS = [
    'received', 'registered', 'subject_changed', 'assigned', 'forwarded', 'extended', 'note',
    'answered', 'solved', 'silent', 'reopened', 'rated', 'letter_sent', 'letter_replied',
    'file_added', 'withdrawn',
]
OUTCOMES = ['solved', 'silent', 'reopened', 'withdrawn']


def titled(values: list[str]) -> list[tuple[str, str]]:
    return [(value, value.replace('_', ' ').title()) for value in values]


class Migration(migrations.Migration):
    """An applicant has all that they sent destroyed; an appeal still open ends by it."""

    dependencies = [('casework', '0005_lock_them')]

    operations = [
        migrations.AlterField('round', 'outcome', models.TextField(blank=True, choices=titled(OUTCOMES), default='')),
        migrations.AlterField('step', 'by', models.TextField(blank=True, default='')),
        migrations.AlterField('step', 'kind', models.TextField(choices=titled(KINDS))),
        *(
            migrations.RemoveConstraint(model_name=model, name=name)
            for model, name in (
                ('round', 'appeal_round_settled'),
                ('round', 'appeal_round_answered_first'),
                ('round', 'appeal_round_confirmed'),
                ('step', 'appeal_step_kind'),
            )
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None)), models.Q(('outcome__in', OUTCOMES), ('settled_at__isnull', False)), _connector='OR'), name='appeal_round_settled'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'withdrawn']), ('answered_at__isnull', False), _connector='OR'), name='appeal_round_answered_first'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', ''), ('outcome__in', ['', 'silent', 'withdrawn'])), models.Q(('confirmed_by__in', ['applicant', 'branch']), ('outcome__in', ['solved', 'reopened'])), _connector='OR'), name='appeal_round_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', KINDS)), name='appeal_step_kind'),
        ),
    ]
