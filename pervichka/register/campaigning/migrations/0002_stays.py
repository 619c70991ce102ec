from django.db import migrations

# Whoever asks, the owner of the tables included: what held on a day can be shown later.
GUARD = """
create trigger silence_calendar_stays before update or delete or truncate on silence_calendar
  for each statement execute function published_refuse_change();
create trigger silence_period_stays before update or delete or truncate on silence_period
  for each statement execute function published_refuse_change();
create trigger imprint_stays before update or delete or truncate on imprint
  for each statement execute function published_refuse_change();
"""
UNGUARD = """
drop trigger imprint_stays on imprint;
drop trigger silence_period_stays on silence_period;
drop trigger silence_calendar_stays on silence_calendar;
"""


class Migration(migrations.Migration):
    dependencies = [("campaigning", "0001_initial"), ("texts", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
