"""The migration step that puts row-level security on a table that leads to a person."""

from django.db import migrations

_IN_SCOPE = "(place >= (select bound(1)) and place <= (select bound(2)))"


def locked(table: str, *besides: str, extractable: bool = False) -> migrations.RunSQL:
    """Rows are for whoever's scope holds their place, and for no other role but owner and backup.

    `besides` are conditions under which the application sees a row elsewhere too, such as
    `person_id = (select own_person())`. Neither `owner` nor `backup` may bypass row-level security,
    hence their own policies: without them an update by a migration would change nothing, silently.
    """
    seen = _seen(besides)
    forward = f"""
    alter table {table} enable row level security;
    alter table {table} force row level security;
    create policy owner_all on {table} to pervichka_owner using (true) with check (true);
    create policy backup_reads on {table} for select to pervichka_backup using (true);
    create policy app_in_scope on {table} to pervichka_app using ({seen}) with check ({seen});
    """
    if extractable:
        forward += (
            f"create policy extract_in_scope on {table} for select to pervichka_extract"
            f" using {_IN_SCOPE};"
        )
    backward = f"""
    drop policy if exists extract_in_scope on {table};
    drop policy app_in_scope on {table};
    drop policy backup_reads on {table};
    drop policy owner_all on {table};
    alter table {table} no force row level security;
    alter table {table} disable row level security;
    """
    return migrations.RunSQL(forward, backward)


def unlocked_besides(table: str, *besides: str, before: tuple[str, ...] = ()) -> migrations.RunSQL:
    """From now on the application sees rows of a locked table under these conditions too.

    `before` are those of the migration that locked it.
    """

    def say(conditions: tuple[str, ...]) -> str:
        seen = _seen(conditions)
        return f"alter policy app_in_scope on {table} using ({seen}) with check ({seen})"

    return migrations.RunSQL(say(besides), say(before))


def _seen(besides: tuple[str, ...]) -> str:
    return " or ".join([_IN_SCOPE, *besides])
