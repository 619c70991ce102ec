"""A sheet came back: who signed it, when, and the picture of it; then it is counted."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pervichka.foundation import clock
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.branches.queries.units import visible_to
from pervichka.register.people.actions import count_sheet, enrol_person, show_sheet
from pervichka.register.people.queries import people_of, people_visible_to
from pervichka.register.people.queries.sheets import Sheet, sheet_numbered
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.looking import show_people
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_text
from pervichka.surfaces.web.sheets.naming import show_sheets

if TYPE_CHECKING:
    from pervichka.register.people.models import Person

_FOUND = 20
_NEW = "new"
_NAMES = ("last_name", "first_name", "patronymic")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: PageRequest, number: str) -> HttpResponse:
    found = sheet_numbered(number, actor=request.actor)
    if found is None:
        raise Http404
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            # A person entered for a sheet that can't count is not entered either.
            with transaction.atomic():
                name = _count(request, found)
        except Refused as refused:
            problems = [_problem(reason) for reason in refused.reasons]
        else:
            messages.success(
                request, _("The sheet is counted: %(name)s has agreed.") % {"name": name}
            )
            return redirect("web:sheets")
    today = timezone.localdate(clock.now())
    search = request.GET.get("q", "").strip()
    try:
        people = _people(request, found, search, today)
    except Refused as refused:
        people, problems = [], [*problems, *map(_problem, refused.reasons)]
    context = {
        "sheet": found,
        "people": people,
        "search": search,
        "typed": request.POST,
        "today": today.isoformat(),
        "errors": problems,
        "wrong": {one["field"]: one["text"] for one in problems},
        "crumbs": [Crumb(_("Consents on paper"), reverse("web:sheets"))],
    }
    return render(request, "sheets/sheet.html", context, status=422 if problems else 200)


@login_required
@require_POST
def image(request: PageRequest, number: str) -> HttpResponse:
    """The picture, in clear; the look is journalled."""
    shown = show_sheet(number=number, by=request.actor, at=clock.now())
    if shown is None:
        raise Http404
    response = HttpResponse(shown.content, content_type=shown.media_type)
    # A document is handed to the device: shown here it could bring words of its own.
    kind = "attachment" if shown.media_type == "application/pdf" else "inline"
    end = shown.media_type.rpartition("/")[2]
    response.headers["Content-Disposition"] = f'{kind}; filename="{shown.number}.{end}"'
    return response


def _count(request: PageRequest, sheet: Sheet) -> str:
    """Count it, for a person there is or one entered now; their name. Raises `Refused`."""
    now = clock.now()
    person = _person(request, sheet)
    try:
        signed_on = forms.DateField().clean(request.POST.get("signed_on", ""))
    except forms.ValidationError:
        message = "choose the day on which the sheet was signed"
        raise Refused(Reason(message=message, column="signed_on")) from None
    sent = request.FILES.get("image")
    count_sheet(
        number=sheet.number,
        person=person,
        signed_on=signed_on,
        image=b"" if sent is None else sent.read(),
        by=request.actor,
        at=now,
    )
    return person.full_name


def _person(request: PageRequest, sheet: Sheet) -> "Person":
    actor, chosen = request.actor, request.POST.get("person", "")
    if chosen == _NEW:
        last, first, patronymic = (request.POST.get(name, "").strip() for name in _NAMES)
        if not last or not first:
            raise Refused(Reason(message="write the person's names", column="last_name"))
        now = clock.now()
        return enrol_person(
            branch=visible_to(actor).get(code=sheet.branch_code),
            last_name=last,
            first_name=first,
            patronymic=patronymic,
            since=timezone.localdate(now),
            by=actor,
            at=now,
        )
    try:
        person = people_visible_to(actor).select_related("branch").filter(id=UUID(chosen)).first()
    except ValueError:
        person = None
    if person is None:
        raise Refused(Reason(message="choose who signed the sheet", column="person"))
    return person


def _people(request: PageRequest, sheet: Sheet, search: str, today: date) -> list[dict[str, str]]:
    """Whom the sheet was printed for; else those of the branch whom the search finds."""
    if sheet.counted_at is not None or sheet.person_id is not None:
        show_sheets(request, [sheet])
    if sheet.counted_at is not None:
        return []
    if sheet.person_id is not None:
        return [{"id": str(sheet.person_id), "name": sheet.person}]
    branch = visible_to(request.actor).get(code=sheet.branch_code)
    found = people_of(branch=branch, on=today, actor=request.actor, search=search, limit=_FOUND)
    show_people(request, [one.branch_id for one in found.rows])
    return [{"id": str(one.id), "name": one.full_name} for one in found.rows]


def _problem(reason: Reason) -> dict[str, str]:
    text = reason_text(reason)
    return {"text": text[:1].upper() + text[1:], "field": reason.column or ""}
