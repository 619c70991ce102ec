"""A session's row lets nobody in and tells nothing."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection

from pervichka.foundation import vault
from pervichka.register.accounts.actions import reseal_sessions, sessions_by_version
from pervichka.register.accounts.models import Session
from pervichka.register.accounts.sessions import SessionStore, digest_of
from tests.builders.actors import OPERATOR

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def begun(**carried):
    session = SessionStore()
    session.update(carried)
    session.create()
    return session


def test_what_a_session_carries_comes_back_and_lies_nowhere_in_clear():
    session = begun(code="48151623", address="anna@example.org")
    with connection.cursor() as cursor:
        cursor.execute("select session::text, encode(sealed, 'escape') from session")
        stored = " ".join(cursor.fetchone())
    for secret in ("48151623", "anna@example.org", session.session_key):
        assert secret not in stored
    again = SessionStore(session.session_key)
    assert (again["code"], again["address"]) == ("48151623", "anna@example.org")


def test_the_table_s_digest_opens_no_session():
    begun(code="1")
    digest = Session.objects.get().digest
    assert SessionStore(digest).load() == {}


def test_a_session_moved_to_another_s_row_is_none():
    mine, theirs = begun(who="me"), begun(who="them")
    other = Session.objects.get(digest=digest_of(theirs.session_key))
    Session.objects.filter(digest=digest_of(mine.session_key)).update(sealed=other.sealed)
    assert SessionStore(mine.session_key).load() == {}
    assert SessionStore(theirs.session_key).load() == {"who": "them"}


def test_one_that_has_ended_is_none_and_is_cleared():
    session = begun(code="1")
    kept = begun(code="2")
    Session.objects.filter(digest=digest_of(session.session_key)).update(
        expires_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert SessionStore(session.session_key).load() == {}
    SessionStore.clear_expired()
    assert SessionStore(kept.session_key).load()["code"] == "2"
    assert Session.objects.count() == 1


def test_a_session_that_was_ended_is_not_brought_back_by_saving():
    session = begun(code="1")
    SessionStore(session.session_key).delete()
    session["code"] = "2"
    with pytest.raises(UpdateError):
        session.save()
    assert not SessionStore().exists(session.session_key)


def test_signing_in_changes_the_key_and_names_the_user(client, django_user_model):
    user = django_user_model.objects.create(name="k7m2-qx9d")
    before = client.session
    before["acting_post"] = "x"
    before.save()
    client.force_login(user)
    row = Session.objects.get()
    assert row.user_id == user.id
    assert client.session[SESSION_KEY] == str(user.id)
    user.delete()
    assert not Session.objects.exists()


def test_rotation_keeps_sessions_and_ends_what_no_key_opens(own_keys):
    session, broken = begun(code="1"), begun(code="2")
    whole = Session.objects.get(digest=digest_of(session.session_key))
    Session.objects.filter(digest=digest_of(broken.session_key)).update(sealed=whole.sealed)
    vault.add_key()
    assert reseal_sessions(by=OPERATOR, at=AT) == 1
    assert sessions_by_version() == {2: 1}
    assert SessionStore(session.session_key)["code"] == "1"
    assert reseal_sessions(by=OPERATOR, at=AT) == 0


def test_without_its_key_a_session_says_so(own_keys):
    session = begun(code="1")
    own_keys.unlink()
    with pytest.raises(vault.KeyMissing):
        SessionStore(session.session_key).load()
