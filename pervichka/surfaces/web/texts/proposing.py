"""A new version is written beside the text in force, shown with what differs, and proposed."""

import json
from collections.abc import Mapping
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.texts.actions import propose_text
from pervichka.register.texts.document import parse_document
from pervichka.register.texts.queries import latest_texts
from pervichka.register.texts.wording import CHANNELS, LANGUAGES, PLACEHOLDERS, ConsentText
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_text
from pervichka.surfaces.web.templatetags.pervichka import text_of
from pervichka.surfaces.web.texts import words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: PageRequest, code: str) -> HttpResponse:
    """Asks, shows what differs, and only then proposes."""
    demand(request.actor, Permission.PUBLISH_TEXTS)
    now = latest_texts().get(code)
    if now is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, now, _as_written(now))
    typed = {name: request.POST.get(name, "").strip() for name in _as_written(now)}
    document = _document(now, typed, request.POST.getlist("channels"))
    file = Path(f"{code}.yaml")
    try:
        text = parse_document(document, file=file)
        if _says(text) == _says(now):
            raise Refused(Reason(message="nothing differs from the text in force"))
        if request.POST.get("step") == "save":
            done = propose_text(document=document, file=file, by=request.actor, at=clock.now())
            if done.waits:
                messages.success(request, _("It is proposed. Another person decides."))
                return redirect("web:texts-waiting")
            messages.success(request, _("Another had proposed the same: the text is published."))
            return redirect("web:text-version", done.code, done.version)
    except Refused as refused:
        return _ask(request, now, typed, refused)
    if request.POST.get("step") == "change":
        return _ask(request, now, typed)
    context = {
        "text": text,
        "languages": words.in_languages(text, now),
        "channels": words.channels(text),
        "channels_before": words.channels(now),
        "typed": typed.items(),
        "crumbs": _crumbs(now),
    }
    return render(request, "texts/propose_check.html", context)


def _ask(
    request: PageRequest,
    now: ConsentText,
    typed: Mapping[str, str],
    refused: Refused | None = None,
) -> HttpResponse:
    errors = [_problem(one) for one in refused.reasons] if refused else []
    wrong = {one["field"]: one["text"] for one in errors}
    chosen = request.POST.getlist("channels") if request.method == "POST" else now.channels
    context = {
        "now": now,
        "version": now.version + 1,
        "languages": [
            {
                "now": said,
                "aim": typed[f"aim-{said.code}"],
                "text": typed[f"text-{said.code}"],
                "wrong_aim": wrong.get(f"aim-{said.code}", ""),
                "wrong_text": wrong.get(f"text-{said.code}", ""),
            }
            for said in words.in_languages(now, None)
        ],
        "basis": words.basis(now.basis),
        "channels": [(code, words.channel(code), code in chosen) for code in CHANNELS],
        "wrong_channels": wrong.get("channels", ""),
        "names": ", ".join("{" + name + "}" for name in PLACEHOLDERS),
        "errors": errors,
        "crumbs": _crumbs(now),
    }
    return render(request, "texts/propose.html", context, status=422 if errors else 200)


def _as_written(text: ConsentText) -> dict[str, str]:
    """The fields of the form: the aim and the wording in each language."""
    return {f"aim-{language}": text.aim[language] for language in LANGUAGES} | {
        f"text-{language}": text.text[language] for language in LANGUAGES
    }


def _document(now: ConsentText, typed: Mapping[str, str], channels: list[str]) -> str:
    """The next version as a document; JSON is YAML too."""
    return json.dumps(
        {
            "code": now.code,
            "version": now.version + 1,
            "basis": now.basis,
            "purpose": now.purpose,
            "channels": channels,
            "aim": {language: typed[f"aim-{language}"] for language in LANGUAGES},
            "text": {language: typed[f"text-{language}"] for language in LANGUAGES},
        },
        ensure_ascii=False,
        indent=1,
    )


def _says(text: ConsentText) -> tuple[object, ...]:
    """What a version says, whatever its number."""
    return dict(text.aim), dict(text.text), sorted(text.channels)


def _problem(reason: Reason) -> dict[str, str]:
    """The reason beside the field that it is about: `text.ru` is the field `text-ru`."""
    said = reason_text(reason)
    return {
        "text": said[:1].upper() + said[1:],
        "field": (reason.column or "text-ru").replace(".", "-"),
    }


def _crumbs(now: ConsentText) -> list[Crumb]:
    version = reverse("web:text-version", args=[now.code, now.version])
    return [Crumb(_("Texts"), reverse("web:texts")), Crumb(text_of(now.aim), version)]
