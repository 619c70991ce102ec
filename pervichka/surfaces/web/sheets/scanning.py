"""Pictures of sheets, several in one go: each is filed by its square, or waits for its number."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.actions import (
    MOST_BYTES,
    discard_scan,
    file_scan,
    scan_in_sight,
    show_scan,
    take_scan,
)
from pervichka.register.people.queries.scans import scans_waiting
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts

if TYPE_CHECKING:
    from pervichka.register.people.models import SheetScan

MOST_FILES = 10


class _Several(MemoryFileUploadHandler):
    """In memory alone, like every upload here, but for as much as several pictures are."""

    def handle_raw_input(
        self, _input: object, _meta: object, content_length: int, *_: object
    ) -> None:
        self.activated = content_length <= (MOST_FILES + 1) * MOST_BYTES


# The form's own secret is asked for once it is read, which must be by that handler.
@csrf_exempt
@login_required
def scans(request: PageRequest) -> HttpResponseBase:
    request.upload_handlers = [_Several(request)]
    return _scans(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _scans(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.CHANGE_PEOPLE)
    errors: list[str] = []
    if request.method == "POST":
        sent = request.FILES.getlist("pictures")
        filed, errors = _take(request, sent)
        if filed:
            words = ngettext(
                "%(n)s picture is filed to its sheet.",
                "%(n)s pictures are filed to their sheets.",
                filed,
            )
            messages.success(request, words % {"n": filed})
        if sent and not errors:
            return redirect("web:scans")
    return _page(request, errors)


def _take(request: PageRequest, sent: "Sequence[UploadedFile[Any]]") -> tuple[int, list[str]]:
    """How many were filed to a sheet, and what was wrong with which file."""
    if not sent:
        return 0, [
            _("Choose one picture or several: %(limit)s MB each at most")
            % {"limit": MOST_BYTES // 1024**2}
        ]
    if len(sent) > MOST_FILES:
        return 0, [_("%(most)s pictures in one go are the most") % {"most": MOST_FILES}]
    filed, errors = 0, []
    for file in sent:
        try:
            scan = take_scan(content=file.read(), by=request.actor, at=clock.now())
        except Refused as refused:
            errors += [f"{file.name}: {text}" for text in reason_texts(refused)]
        else:
            filed += scan.sheet_id is not None
    return filed, errors


@login_required
@require_POST
def scan(request: PageRequest, scan_id: UUID) -> HttpResponse:
    """The number that somebody read from it; or it is thrown away."""
    found = _found(request, scan_id)
    if request.POST.get("do") == "discard":
        discard_scan(scan=found, by=request.actor, at=clock.now())
        messages.success(request, _("The picture is thrown away."))
        return redirect("web:scans")
    number = request.POST.get("number", "")
    try:
        done = file_scan(scan=found, number=number, by=request.actor, at=clock.now())
    except Refused as refused:
        return _page(request, [], wrong=(scan_id, number, " ".join(reason_texts(refused))))
    assert done.sheet is not None  # noqa: S101 - for the types alone: it was filed just now
    return redirect("web:sheet", done.sheet.number)


@login_required
@require_POST
def scan_image(request: PageRequest, scan_id: UUID) -> HttpResponse:
    """The picture, in clear; the look is journalled."""
    content = show_scan(scan_id=scan_id, by=request.actor, at=clock.now())
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


def _found(request: PageRequest, scan_id: UUID) -> "SheetScan":
    found = scan_in_sight(scan_id, request.actor)
    if found is None:
        raise Http404
    return found


def _page(
    request: PageRequest, errors: list[str], wrong: tuple[UUID, str, str] | None = None
) -> HttpResponse:
    waiting = scans_waiting(request.actor)
    context = {
        "unread": [
            (one, *(wrong[1:] if wrong and wrong[0] == one.id else ("", "")))
            for one in waiting
            if not one.number
        ],
        "filed": [one for one in waiting if one.number],
        "most": MOST_FILES,
        "errors": errors,
        "crumbs": [Crumb(_("Consents on paper"), reverse("web:sheets"))],
    }
    return render(request, "sheets/scans.html", context, status=422 if errors or wrong else 200)
