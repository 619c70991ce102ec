"""What is in force and what the ledger holds point to a text's very version."""

from django.db import migrations

TIE = """
alter table consent add constraint consent_text_version
  foreign key (text_code, text_version) references published_text (code, version);
alter table ledger_entry add constraint ledger_entry_text_version
  foreign key (text_code, text_version) references published_text (code, version);
"""
UNTIE = """
alter table ledger_entry drop constraint ledger_entry_text_version;
alter table consent drop constraint consent_text_version;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_opened_names"), ("texts", "0001_initial")]

    operations = [migrations.RunSQL(TIE, UNTIE)]
