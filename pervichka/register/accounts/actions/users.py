"""What may happen to a user: made, given a password, switched off, seen at work."""

import secrets
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.access.roles import Operator
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Person

# Letters and figures that are not taken for one another when read aloud or copied by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_NAME_LENGTH = 8
_MOST_NAME = 64
LANGUAGES = ("ru", "en")


def opaque_name() -> str:
    """A user name that says nothing of its holder, such as `k7m2-qx9d`."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_NAME_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


@transaction.atomic
def create_user(
    *,
    name: str | None = None,
    password: str | None = None,
    person: Person | None = None,
    language: str = "ru",
    by: Actor,
    at: datetime,
) -> User:
    """Make a user; without a name an opaque one is drawn, without a password none fits.

    Raises `Refused` where the name is taken or bad, the password too weak, the person has a user.
    Without a person it is nobody's place: such a user may do nothing until a post is granted.
    """
    demand(by, Permission.MANAGE_USERS, person)
    branch = None if person is None else person.branch
    return add_user(
        name=name,
        password=password,
        person=person,
        branch=branch,
        language=language,
        by=by,
        at=at,
    )


def add_user(
    *,
    name: str | None = None,
    password: str | None = None,
    person: Person | None = None,
    branch: Branch | None = None,
    language: str = "ru",
    by: Actor,
    at: datetime,
) -> User:
    """Write a user inside an action that has asked for the right to have one."""
    name = opaque_name() if name is None else name.strip()
    _check_name(name)
    if language not in LANGUAGES:
        raise refuse(
            "{language} is not known; write one of {allowed}",
            language=repr(language),
            allowed=", ".join(LANGUAGES),
        )
    if person is not None and User.objects.filter(person=person).exists():
        raise refuse("this person has a user already")
    user = User(name=name, person=person, language=language)
    _set_password(user, password)
    user.save(force_insert=True)
    journal.append(
        by=by,
        at=at,
        action="user.created",
        subject=user,
        branch=branch,
    )
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: Actor, at: datetime) -> User:
    """By the user themself or the local operator. Raises `Refused` if it is too weak.

    For whoever manages users see `reset_password` of posts, which knows what the user may.
    """
    if by.user_id != user.id and by.role is not Operator:
        raise Forbidden(by, Permission.MANAGE_USERS)
    return write_password(user=user, password=password, by=by, at=at)


def write_password(*, user: User, password: str, by: Actor, at: datetime) -> User:
    """Write a password inside an action that has asked for the right to set it."""
    _set_password(user, password)
    user.save(update_fields=["password"])
    journal.append(by=by, at=at, action="user.changed", subject=user, fields=["password"])
    return user


def write_switched_off(*, user: User, by: Actor, at: datetime) -> User:
    """Switch a user off inside an action that has asked for the right to."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    journal.append(by=by, at=at, action="user.changed", subject=user, fields=["is_active"])
    return user


def note_activity(*, user: User, at: datetime) -> None:
    """Remember the day on which the user last did something: at most one write a day."""
    today = timezone.localdate(at)
    if user.last_active_on != today:
        User.objects.filter(id=user.id).update(last_active_on=today)
        user.last_active_on = today


def _check_name(name: str) -> None:
    if not name or len(name) > _MOST_NAME or not name.isprintable() or "@" in name:
        raise refuse(
            "a user name has 1 to {most} letters and figures and is no e-mail address",
            most=_MOST_NAME,
        )
    if User.objects.filter(name=name).exists():
        raise refuse("there is a user {name} already", name=name)


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(*(Reason(message=str(text)) for text in error.messages)) from None
    user.set_password(password)
