"""A lost second factor is reset by another person, who gains no way in by it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.accounts.actions import add_passkey, begin_device
from pervichka.register.accounts.models import Device, User
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.branches.tree import WHOLE
from pervichka.register.posts.actions import reset_second_factor
from pervichka.register.posts.queries import acting_user, user_managed
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def region() -> Branch:
    return a_primary_branch().parent.parent


def having_a_factor(branch: Branch, kind: str) -> User:
    user = a_user_with_post(branch=branch, kind=kind)
    add_passkey(user=user, name="", credential={}, by=OPERATOR, at=AT)
    return user


def test_by_another_who_could_not_sign_in_as_them(region: Branch) -> None:
    admin = acting_user(a_user_with_post(branch=region, kind="administrator"), at=AT)
    head = having_a_factor(region, "regional_head")
    begin_device(user=head, name="", way="password", by=acting_user(head, at=AT), at=AT)

    reset_second_factor(user=head, by=admin, at=AT)

    assert not Authenticator.objects.filter(user=head).exists()
    assert not Device.objects.filter(user=head, ended_at=None).exists()
    said = Entry.objects.filter(action="user.changed", actor=admin.code).get()
    assert said.fields == ["second_factor"]


def test_never_by_whoever_may_set_the_password_too(region: Branch) -> None:
    one = acting_user(a_user_with_post(branch=region, kind="administrator"), at=AT)
    other = having_a_factor(region, "administrator")
    with pytest.raises(Refused, match="password"):
        reset_second_factor(user=other, by=one, at=AT)
    reset_second_factor(user=other, by=OPERATOR, at=AT)


def test_never_by_oneself_nor_from_elsewhere(region: Branch) -> None:
    head = having_a_factor(region, "regional_head")
    neighbour = a_branch(code="RU-AL", level="regional", parent=region.parent)
    far = acting_user(a_user_with_post(branch=neighbour, kind="administrator"), at=AT)
    for actor in (far, acting_user(head, at=AT)):
        with pytest.raises(Forbidden):
            reset_second_factor(user=head, by=actor, at=AT)
    assert Authenticator.objects.filter(user=head).exists()


def test_the_database_alone_holds_back_a_user_elsewhere(region: Branch) -> None:
    head = having_a_factor(region, "regional_head")
    neighbour = a_branch(code="RU-AL", level="regional", parent=region.parent)
    far = acting_user(a_user_with_post(branch=neighbour, kind="administrator"), at=AT)
    with acting_as(far), pytest.raises(Forbidden):
        reset_second_factor(user=head, by=replace(far, scope=WHOLE), at=AT)
    assert Authenticator.objects.filter(user=head).exists()


def test_a_user_elsewhere_is_told_from_none_by_nothing(region: Branch) -> None:
    head = having_a_factor(region, "regional_head")
    neighbour = a_branch(code="RU-AL", level="regional", parent=region.parent)
    near, far = (
        acting_user(a_user_with_post(branch=one, kind="administrator"), at=AT)
        for one in (region, neighbour)
    )
    assert user_managed(near, head.name, at=AT) == head
    assert user_managed(far, head.name, at=AT) is None
    assert user_managed(far, "nobody", at=AT) is None
    with pytest.raises(Forbidden):
        user_managed(acting_user(head, at=AT), head.name, at=AT)
