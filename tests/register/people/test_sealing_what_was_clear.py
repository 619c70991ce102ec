"""A database from before contact points were sealed: they are sealed on the way."""

import pytest
from django.core.management import call_command
from django.db import connections

from pervichka.register.people.models import ContactPoint
from pervichka.register.people.queries import people_by_contact
from tests.builders.branches import a_primary_branch
from tests.builders.people import a_person


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_contact_points_in_clear_are_sealed_by_the_migration():
    person = a_person(branch=a_primary_branch())
    connections.close_all()
    # What came later steps back by itself.
    for app, last in (("accounts", "0002"), ("people", "0003")):
        call_command("migrate", app, last, database="owner", interactive=False, verbosity=0)
    owner = connections["owner"]
    with owner.cursor() as cursor:
        # As it was, on the way back by hand: the migration itself has no way back.
        cursor.execute("drop table session; drop function contact_holders(bytea[])")
        cursor.execute("delete from django_migrations where name like '%seal_%'")
        cursor.execute("drop index contact_point_blind")
        cursor.execute("alter table contact_point drop constraint contact_point_once_a_person")
        cursor.execute("alter table contact_point drop column sealed, drop column blind_index")
        cursor.execute("alter table contact_point add column value text not null")
        cursor.execute(
            "alter table contact_point add constraint contact_point_once_a_person"
            " unique (person_id, kind, value)"
        )
        cursor.execute("create index contact_point_value on contact_point (kind, value)")
        cursor.execute(
            "insert into contact_point (id, person_id, branch_id, place, kind, value)"
            " select gen_random_uuid(), id, branch_id, place, kind, value"
            " from person, (values ('phone', '+79000000001'), ('email', 'anna@example.org'))"
            " as given (kind, value)"
        )
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    connections.close_all()
    assert sorted(point.value for point in ContactPoint.objects.all()) == [
        "+79000000001",
        "anna@example.org",
    ]
    assert people_by_contact(kind="phone", value="8 900 000-00-01") == [person.id]
