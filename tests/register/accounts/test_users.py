"""Users: opaque names, hashed passwords, one for each person at most."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import authenticate

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.accounts.actions import (
    create_user,
    note_activity,
    set_password,
)
from pervichka.register.posts.actions import switch_off_user
from pervichka.register.posts.queries import actor_for
from tests.builders.actors import OPERATOR, STRANGER, head_of
from tests.builders.branches import a_primary_branch
from tests.builders.people import a_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 21, 30, tzinfo=UTC)
PASSWORD = "long enough, not common"


def test_a_name_is_drawn_that_says_nothing_of_its_holder():
    person = a_person(branch=a_primary_branch())
    names = {create_user(by=OPERATOR, at=AT).name for _ in range(5)}
    made = create_user(person=person, by=OPERATOR, at=AT)
    assert len(names | {made.name}) == 6
    assert all(len(name) == 9 and name[4] == "-" for name in names)
    assert not made.has_usable_password()


def test_the_password_is_kept_as_an_argon2_hash_and_signs_in():
    user = create_user(name="vera", password=PASSWORD, by=OPERATOR, at=AT)
    assert user.password.startswith("argon2")
    assert authenticate(username="vera", password=PASSWORD) == user
    assert authenticate(username="vera", password=PASSWORD + "x") is None
    assert authenticate(username="nobody", password=PASSWORD) is None


@pytest.mark.parametrize("password", ["short", "password123", ""])
def test_a_weak_password_is_refused(password):
    with pytest.raises(Refused):
        create_user(name="vera", password=password, by=OPERATOR, at=AT)


@pytest.mark.parametrize("name", ["", "  ", "vera@example.org", "a\nb", "x" * 65])
def test_a_bad_name_is_refused(name):
    with pytest.raises(Refused, match="a user name has"):
        create_user(name=name, by=OPERATOR, at=AT)


def test_a_taken_name_and_a_second_user_of_a_person_are_refused():
    person = a_person(branch=a_primary_branch())
    create_user(name="vera", person=person, by=OPERATOR, at=AT)
    with pytest.raises(Refused, match="there is a user vera already"):
        create_user(name="vera", by=OPERATOR, at=AT)
    with pytest.raises(Refused, match="has a user already"):
        create_user(person=person, by=OPERATOR, at=AT)


def test_only_whoever_manages_users_makes_one():
    branch = a_primary_branch()
    for actor in (STRANGER, head_of(branch)):
        with pytest.raises(Forbidden):
            create_user(by=actor, at=AT)


def test_one_s_own_password_can_be_changed_by_oneself_alone():
    vera = create_user(name="vera", by=OPERATOR, at=AT)
    boris = create_user(name="boris", by=OPERATOR, at=AT)
    set_password(user=vera, password=PASSWORD, by=actor_for(vera, at=AT), at=AT)
    assert authenticate(username="vera", password=PASSWORD) == vera
    with pytest.raises(Forbidden):
        set_password(user=vera, password=PASSWORD, by=actor_for(boris, at=AT), at=AT)


def test_whoever_is_switched_off_can_t_sign_in():
    user = create_user(name="vera", password=PASSWORD, by=OPERATOR, at=AT)
    switch_off_user(user=user, by=OPERATOR, at=AT)
    assert authenticate(username="vera", password=PASSWORD) is None


def test_activity_is_noted_by_the_day_with_one_write(django_assert_num_queries):
    user = create_user(by=OPERATOR, at=AT)
    note_activity(user=user, at=AT)
    user.refresh_from_db()
    # Half past nine in the evening in London is the next day in Moscow.
    assert user.last_active_on == date(2026, 6, 2)
    with django_assert_num_queries(0):
        note_activity(user=user, at=AT)


def test_the_journal_names_fields_and_never_a_password():
    user = create_user(name="vera", by=OPERATOR, at=AT)
    set_password(user=user, password=PASSWORD, by=OPERATOR, at=AT)
    entries = Entry.objects.filter(subject_id=str(user.id)).order_by("id")
    entries = entries.values_list("action", "fields")
    assert list(entries) == [("user.created", []), ("user.changed", ["password"])]
