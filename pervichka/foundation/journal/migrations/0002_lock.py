from django.db import migrations

# Whoever acts may append; read is what concerns one's part of the tree or oneself, and by whoever
# has the whole tree also what concerns no branch.
FORWARD = """
alter table journal_entry enable row level security;
alter table journal_entry force row level security;
create policy owner_all on journal_entry to pervichka_owner using (true) with check (true);
create policy backup_reads on journal_entry for select to pervichka_backup using (true);
create policy app_appends on journal_entry for insert to pervichka_app with check (true);
create policy app_reads on journal_entry for select to pervichka_app using (
  (place >= (select bound(1)) and place <= (select bound(2)))
  or (place is null and (select bound(1)) <= 0 and (select bound(2)) >= 4611686018427387904)
  or subject_id = (select own_person()::text)
);
"""
BACKWARD = """
drop policy app_reads on journal_entry;
drop policy app_appends on journal_entry;
drop policy backup_reads on journal_entry;
drop policy owner_all on journal_entry;
alter table journal_entry no force row level security;
alter table journal_entry disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("journal", "0001_journal")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
