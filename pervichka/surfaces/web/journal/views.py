"""Who did and who saw what: searched by person, by who acted and by branch; and its proof."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pervichka.foundation import clock
from pervichka.foundation.journal import queries, sealing
from pervichka.foundation.tabular.writing import Cell
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit, unit_coded
from pervichka.register.branches.tree import WHOLE, WHOLE_TREE
from pervichka.register.people.actions import look_up_in_journal
from pervichka.register.people.queries import people_in_journal
from pervichka.register.posts.queries import actor_in_journal
from pervichka.surfaces.web.files import export_links, file_response, wanted_form
from pervichka.surfaces.web.journal import words
from pervichka.surfaces.web.journal.page import Line, lines
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import address_with, size_for

MOST_EXPORTED = 5_000
# Below the entries stands the head of the chain, which is to be found without a long way.
ROWS, ROWS_ON_PHONE = 30, 12
# Beside the entry of somebody who opened their own data a moment before, it would tell who it was.
PRESSED = "pressure.reported"
# So much of the chain a page computes anew; all of it, the command.
BLOCKS_VERIFIED = 500
_MOST_FLAWS = 20
# What a bigint holds.
_IDS = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for; `unknown` are the fields that name nothing the reader sees."""

    subjects: Sequence[str]
    actor: str
    unit: Unit | None
    looks: bool
    before: int | None
    unknown: Sequence[str]


@login_required
@require_safe
def journal(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.READ_JOURNAL)
    asked = _asked(request)
    form = wanted_form(request)
    if form is not None:
        found = _found(request.actor, asked, MOST_EXPORTED)
        return file_response(form, "journal", _header(), _cells(lines(found, actor=request.actor)))
    size = size_for(request, wide=ROWS, phone=ROWS_ON_PHONE)
    found = _found(request.actor, asked, size + 1)
    shown = lines(found[:size], actor=request.actor)
    older = found[size - 1].id if len(found) > size else None
    context = {
        "lines": shown,
        "older": address_with(request, before=str(older)) if older else "",
        "newest": address_with(request, before=None) if asked.before else "",
        "person": request.GET.get("person", ""),
        "actor_sought": request.GET.get("actor", ""),
        "branch": request.GET.get("branch", ""),
        "what": "looks" if asked.looks else "",
        "kinds": [("", _("Everything")), ("looks", _("Looks at personal data"))],
        "unknown": asked.unknown,
        "narrowed": bool(asked.subjects or asked.actor or asked.unit or asked.looks),
        "pressed": 0 if asked.before else _pressed_this_month(request.actor),
        "export": export_links(request),
        "head": sealing.head(),
        "may_verify": _may_verify(request.actor),
    }
    return render(request, "journal/journal.html", context)


@login_required
@require_POST
def verify(request: PageRequest) -> HttpResponse:
    """The last blocks computed anew, for whoever reads all of the journal."""
    demand(request.actor, Permission.READ_JOURNAL, WHOLE_TREE)
    head = sealing.head()
    since = max(1, head.block - BLOCKS_VERIFIED + 1)
    flaws = sealing.verify(since=since)
    context = {
        "head": head,
        "since": since,
        "whole": since == 1,
        "flaws": [(one.block, one.row, words.flaw_text(one.reason)) for one in flaws[:_MOST_FLAWS]],
        "more": max(0, len(flaws) - _MOST_FLAWS),
        "at": timezone.localtime(clock.now()),
    }
    return render(request, "journal/verified.html", context)


def _asked(request: PageRequest) -> Asked:
    actor, unknown = request.actor, []
    person = request.GET.get("person", "").strip()
    people = people_in_journal(person, actor=actor) if person else []
    if person and not people:
        unknown.append(_("Nobody is found by “%(sought)s”.") % {"sought": person})
    if not request.GET.get("before"):
        for one in people:
            look_up_in_journal(person=one, by=actor, at=clock.now())
    sought = request.GET.get("actor", "").strip()
    code = request.GET.get("branch", "").strip()
    unit = unit_coded(code, actor=actor) if code else None
    if code and unit is None:
        unknown.append(_("You see no branch “%(code)s”.") % {"code": code})
    before = request.GET.get("before", "")
    return Asked(
        subjects=[str(one.id) for one in people],
        actor=actor_in_journal(sought, actor=actor) if sought else "",
        unit=unit,
        looks=request.GET.get("what") == "looks",
        before=int(before) if _IDS.fullmatch(before) else None,
        unknown=unknown,
    )


def _found(actor: Actor, asked: Asked, limit: int) -> list[queries.Written]:
    """A search for what is not there finds nothing, and not everything."""
    if asked.unknown or actor.scope is None:
        return []
    within = asked.unit.interval if asked.unit else actor.scope
    return queries.entries(
        subjects=asked.subjects,
        actor=asked.actor,
        within=None if within == WHOLE else (within.start, within.end),
        looks=asked.looks,
        besides=() if _hears_of_pressure(actor) else (PRESSED,),
        before=asked.before,
        limit=limit,
    )


def _hears_of_pressure(actor: Actor) -> bool:
    return actor.may(Permission.RECEIVE_PRESSURE)


def _pressed_this_month(actor: Actor) -> int:
    """For whoever does not hear of pressure: that there is something, not when and of whom."""
    if _hears_of_pressure(actor) or actor.scope != WHOLE:
        return 0
    today = timezone.localtime(clock.now())
    first = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return queries.written_since(PRESSED, first, place=WHOLE.start)


def _may_verify(actor: Actor) -> bool:
    return actor.may(Permission.READ_JOURNAL, WHOLE_TREE.place)


def _header() -> list[str]:
    return ["entry", "at", "who", "user", "what", "rows", "about", "branch"]


def _cells(shown: Sequence[Line]) -> Iterator[list[Cell]]:
    for one in shown:
        at = one.at.isoformat()
        yield [one.id, at, one.who, one.user, one.what, one.rows, one.subject, one.branch]
