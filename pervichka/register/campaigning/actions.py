"""A calendar of silence is loaded; a branch's imprint is named."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.branches.tree import WHOLE_TREE
from pervichka.register.campaigning.document import fingerprint, parse_calendar
from pervichka.register.campaigning.models import Imprint, SilenceCalendar, SilencePeriod

_MOST = 1_000


@transaction.atomic
def load_calendar(*, document: str, file: Path, by: Actor, at: datetime) -> SilenceCalendar:
    """Take a calendar of silence into force; the one that holds already changes nothing.

    Raises `Forbidden`, and `Refused` with every mistake and its line.
    """
    demand(by, Permission.KEEP_CALENDAR, WHOLE_TREE)
    read = parse_calendar(document, file=file)
    mark = fingerprint(document)
    last = SilenceCalendar.objects.order_by("-loaded_at", "-id").first()
    if last is not None and last.fingerprint == mark:
        return last
    calendar = SilenceCalendar.objects.create(
        covers_from=read.covers_from,
        covers_to=read.covers_to,
        fingerprint=mark,
        loaded_by=by.code,
        loaded_at=at,
    )
    SilencePeriod.objects.bulk_create(
        SilencePeriod(
            calendar=calendar, first=one.first, last=one.last, region=one.region, what=one.what
        )
        for one in read.periods
    )
    journal.append(by=by, at=at, action="silence.loaded", subject=calendar)
    return calendar


@transaction.atomic
def name_imprint(
    *, branch: Branch, ru: str, en: str, valid_from: date, by: Actor, at: datetime
) -> Imprint:
    """What stands under campaigning there from that day on. Raises `Forbidden`, `Refused`."""
    demand(by, Permission.NAME_IMPRINTS, branch)
    said = {"ru": " ".join(ru.split()), "en": " ".join(en.split())}
    reasons = [
        Reason(message="write the imprint in both languages", column=language)
        for language, text in said.items()
        if not text
    ]
    reasons += [
        Reason(message="{limit} characters are the most", params={"limit": _MOST}, column=language)
        for language, text in said.items()
        if len(text) > _MOST
    ]
    if reasons:
        raise Refused(*reasons)
    named = Imprint.objects.create(
        branch=branch, **said, valid_from=valid_from, named_by=by.code, named_at=at
    )
    journal.append(by=by, at=at, action="imprint.named", subject=named, branch=branch)
    return named
