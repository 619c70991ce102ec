"""Django on top: who it is in the database, and what a committing test leaves behind."""

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, connections

from pervichka.foundation.postgres.connection import connect_info
from pervichka.foundation.postgres.django.base import DatabaseWrapper


def ask(query: str, alias: str = "default") -> object:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.mark.django_db(databases=["default", "owner"])
def test_each_alias_is_a_role_in_the_same_database() -> None:
    assert ask("select current_user::text") == "pervichka_app"
    assert ask("select current_user::text", "owner") == "pervichka_owner"
    assert ask("select current_database()") == ask("select current_database()", "owner")
    assert str(ask("select current_database()")).startswith("test_pervichka_")


@pytest.mark.django_db
def test_tables_belong_to_the_owner_and_the_application_uses_them() -> None:
    owners = "select count(*) from pg_tables where schemaname = 'public' and tableowner = %s"
    with connection.cursor() as cursor:
        cursor.execute(owners, ["pervichka_app"])
        assert cursor.fetchone() == (0,)
        cursor.execute(owners, ["pervichka_owner"])
        assert cursor.fetchone()[0] > 10


@pytest.mark.django_db
def test_the_application_cannot_change_the_schema() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask("create table mine (id int)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next(turn: int) -> None:
    rows = "select count(*) from django_content_type where app_label = 'made by a test'"
    assert ask(rows) == 0
    migrated = ask("select count(*) from django_content_type")

    with connection.cursor() as cursor:
        cursor.execute(
            "insert into django_content_type (app_label, model) values ('made by a test', 'x')"
        )

    address = connect_info("app", str(connection.settings_dict["NAME"])).url
    with psycopg.connect(address) as another:
        assert another.execute(rows).fetchone() == (1,)
    assert migrated


def test_a_backend_without_a_role_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="django_settings"):
        DatabaseWrapper({"OPTIONS": {}})
