"""Files of an appeal: pictures are shown, documents are handed out to be saved."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.branches.acting import acting_as
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.shared import address_of, appeal_or_404, private
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.actions import MOST_BYTES, add_file, look_at_file
from pervichka.work.casework.queries import OpenedFile, file_of, follow, known_applicant


@login_required
@require_safe
def file(request: PageRequest, appeal_id: UUID, file_id: UUID) -> HttpResponse:
    found = appeal_or_404(request, appeal_id)
    return handed_out(look_at_file(appeal=found, file_id=file_id, by=request.actor, at=clock.now()))


@login_required
@require_POST
def add(request: PageRequest, appeal_id: UUID) -> HttpResponse:
    found = appeal_or_404(request, appeal_id)
    try:
        add_file(appeal=found, content=sent(request), by=request.actor, at=clock.now())
    except Refused as refused:
        for problem in words.problems(refused):
            messages.error(request, problem.text)
    else:
        messages.success(request, _("The file is added. The applicant sees it too."))
    return redirect("web:appeal", appeal_id)


@require_safe
def own(request: PageRequest, number: int, code: str, file_id: UUID) -> HttpResponse:
    """The applicant's own."""
    actor = known_applicant(
        number=str(number), code=code, address=address_of(request), at=clock.now()
    )
    if actor is None:
        raise Http404
    with acting_as(actor):
        found = follow(actor)
        return handed_out(None if found is None else file_of(actor, found.appeal, file_id))


def sent(request: HttpRequest) -> bytes:
    """The file that came with the form. Raises `Refused` where there is none, or too much."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise Refused(Reason(message="choose a file", column="file"))
    if file.size > MOST_BYTES:
        most = {"most": MOST_BYTES // 1024**2}
        raise Refused(
            Reason(message="a file may have {most} megabytes", params=most, column="file")
        )
    content: bytes = file.read()
    return content


def handed_out(opened: OpenedFile | None) -> HttpResponse:
    """A picture as itself, since we wrote it; a document to be saved, opened nowhere here."""
    if opened is None:
        raise Http404
    response = private(HttpResponse(opened.content, content_type=opened.kind))
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not opened.is_picture:
        response.headers["Content-Type"] = "application/octet-stream"
        response.headers["Content-Disposition"] = 'attachment; filename="document.pdf"'
    return response
