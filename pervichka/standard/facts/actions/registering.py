"""Registering a kind of fact that another system will send."""

import re
from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.standard.facts.models import RegisteredKind
from pervichka.standard.facts.vocabulary import refused_subject

_NAME = re.compile(r"x(\.[a-z][a-z0-9_]*)+")


@transaction.atomic
def register_kind(
    *, kind: str, purpose: str, with_person: bool = False, by: Actor, at: datetime
) -> RegisteredKind:
    """Register `kind`, or change its purpose. Raises `Refused`.

    Whether it carries people is settled at the first registration: facts may hang on it.
    """
    demand(by, Permission.REGISTER_FACTS)
    purpose = purpose.strip()
    if not _NAME.fullmatch(kind) or len(kind) > 100:
        raise refuse(
            "{kind} is not the name of a registered kind; write it like x.service.opened, in"
            " lower-case Latin letters, digits and underscores",
            kind=repr(kind),
        )
    if not purpose:
        raise refuse("say for what purpose facts of {kind} are held", kind=kind)
    refused = refused_subject(kind, purpose)
    if refused is not None:
        raise refuse(
            "facts about {subject} are not held ({word})", subject=refused[0], word=repr(refused[1])
        )
    known = RegisteredKind.objects.filter(kind=kind).first()
    if known is not None and known.with_person != with_person:
        raise refuse("{kind} is registered already, with the other answer on people", kind=kind)
    registered, _ = RegisteredKind.objects.update_or_create(
        kind=kind,
        defaults={"purpose": purpose},
        create_defaults={"purpose": purpose, "with_person": with_person, "registered_at": at},
    )
    journal.append(
        by=by,
        at=at,
        action="facts.kind_registered",
        subject=registered,
        fields=["purpose", "with_person"],
    )
    return registered
