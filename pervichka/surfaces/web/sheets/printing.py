"""Sheets that were printed, and printing more: of a text, for a branch or for a known person."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit, own_unit, visible_to
from pervichka.register.people.actions import MOST_COPIES, print_sheets
from pervichka.register.people.queries import person_page
from pervichka.register.people.queries.scans import scans_waiting
from pervichka.register.people.queries.sheets import Sheet, sheets_by_number, sheets_of
from pervichka.register.people.sheet_numbers import typed_number
from pervichka.surfaces.web.drawings import qr
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import SIZE, offset_of, page_of
from pervichka.surfaces.web.refusals import reason_texts
from pervichka.surfaces.web.requested import requested_id
from pervichka.surfaces.web.sheets.choices import consents_to_print
from pervichka.surfaces.web.sheets.naming import show_sheets


@login_required
@require_safe
def list_(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.CHANGE_PEOPLE)
    typed = request.GET.get("number", "")
    if typed:
        number = typed_number(typed)
        if number is not None:
            return redirect("web:sheet", number)
        return _list(request, wrong_number=typed)
    return _list(request)


@login_required
@require_POST
def print_(request: PageRequest) -> HttpResponse:
    """New sheets, shown to be printed."""
    actor = request.actor
    unit = _unit(request)
    demand(actor, Permission.CHANGE_PEOPLE, unit)
    person = None
    if request.POST.get("person"):
        page = person_page(person_id=requested_id(request.POST["person"]), actor=actor)
        if page is None:
            raise Http404
        person = page.person
    copies = request.POST.get("copies", "1")
    try:
        # No sheet is printed that the budget forbids to show.
        with transaction.atomic():
            made = print_sheets(
                branch=person.branch if person else visible_to(actor).get(id=unit.id),
                text_code=request.POST.get("text", ""),
                language=request.POST.get("language", ""),
                copies=int(copies) if copies.isascii() and copies.isdigit() else 0,
                person=person,
                by=actor,
                at=clock.now(),
            )
            sheets = sheets_by_number([one.number for one in made], actor=actor)
            show_sheets(request, sheets)
    except Refused as refused:
        return _list(request, errors=reason_texts(refused))
    context = {
        "sheets": [_on_paper(request, one) for one in reversed(sheets)],
        "number": len(sheets),
        "two": request.POST.get("layout") == "two",
    }
    return render(request, "sheets/print.html", context)


def _list(
    request: PageRequest, *, errors: list[str] | None = None, wrong_number: str = ""
) -> HttpResponse:
    sheets, total = sheets_of(request.actor, offset=offset_of(request), limit=SIZE)
    show_sheets(request, sheets)
    context = {
        "unit": _unit(request),
        "paging": page_of(request, sheets, total=total),
        "texts": consents_to_print(),
        "languages": settings.LANGUAGES,
        "language": (get_language() or "ru")[:2],
        "layouts": [("one", _("One to a page")), ("two", _("Two to a page"))],
        "most": MOST_COPIES,
        "wrong_number": wrong_number,
        "scans": len(scans_waiting(request.actor)),
        "errors": errors or [],
    }
    status = 422 if errors or wrong_number else 200
    return render(request, "sheets/list.html", context, status=status)


def _on_paper(request: PageRequest, sheet: Sheet) -> dict[str, object]:
    address = request.build_absolute_uri(reverse("web:sheet", args=[sheet.number]))
    said = f"{address}?text={sheet.text.code}.{sheet.text.version}"
    return {"sheet": sheet, "qr": qr(said)}


def _unit(request: PageRequest) -> Unit:
    unit = own_unit(request.actor)
    if unit is None:
        raise Http404
    return unit
