"""The ledger in numbers, its chain, and on what grounds one person is held."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import own_unit, unit_coded
from pervichka.register.branches.tree import WHOLE_TREE
from pervichka.register.people.actions.reading_ledger import read_grounds
from pervichka.register.people.queries.ledger_totals import ledger_head, ledger_totals
from pervichka.register.people.queries.proving import verify_ledger
from pervichka.register.texts.queries import latest_texts
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.texts import words

# More would be computed for minutes: that is the command line's.
_MOST_TO_VERIFY = 200_000
_FLAWS_SHOWN = 20
_EVENTS = {
    "given": gettext_noop("given"),
    "asserted": gettext_noop("said by others"),
    "confirmed": gettext_noop("confirmed"),
    "withdrawn": gettext_noop("withdrawn"),
}
_PROOFS = {
    "none": "",
    "link": gettext_noop("personal link"),
    "paper": gettext_noop("signed sheet"),
    "import": gettext_noop("list that was brought in"),
    "in_person": gettext_noop("in person"),
}


@login_required
@require_safe
def ledger(request: PageRequest) -> HttpResponse:
    actor = request.actor
    demand(actor, Permission.READ_LEDGER)
    code = request.GET.get("branch", "")
    unit = unit_coded(code, actor=actor) if code else own_unit(actor)
    totals = [] if unit is None else ledger_totals(unit.interval, actor=actor)
    texts = latest_texts()
    context = {
        "unit": unit,
        "asked": code,
        "totals": [
            {
                "one": one,
                "basis": words.basis(one.basis),
                "aims": words.in_both(texts[one.code].aim),
            }
            for one in totals
        ],
        "head": ledger_head(actor=actor),
        "may_verify": actor.may(Permission.READ_LEDGER, WHOLE_TREE.place),
    }
    return render(request, "ledger/ledger.html", context)


@login_required
@require_POST
def verify(request: PageRequest) -> HttpResponse:
    """Compute the chain anew, where that takes no more than a page may."""
    demand(request.actor, Permission.READ_LEDGER, WHOLE_TREE)
    head = ledger_head(actor=request.actor)
    if head.blocks * 2_000 > _MOST_TO_VERIFY:
        messages.info(
            request, _("The ledger is long: it is verified on the server, by its command line.")
        )
        return redirect("web:ledger")
    proof = verify_ledger()
    if proof.flaws:
        shown = "; ".join(f"{one.where}: {one.reason}" for one in proof.flaws[:_FLAWS_SHOWN])
        messages.error(request, _("Something was changed: %(where)s") % {"where": shown})
    else:
        messages.success(request, _("Every sealed row is as it was."))
    return redirect("web:ledger")


@login_required
@require_POST
def person(request: PageRequest) -> HttpResponse:
    """By a person's code; no name is shown, and the look is journalled."""
    grounds = read_grounds(
        code=request.POST.get("code", "").strip(), by=request.actor, at=clock.now()
    )
    if grounds is None:
        raise Http404
    context = {
        "grounds": grounds,
        "in_force": [
            {"one": one, "basis": words.basis(one.text.basis), "channels": words.channels(one.text)}
            for one in grounds.in_force
        ],
        "events": [
            {"one": one, "event": _(_EVENTS[one.event]), "proof": _proof(one.proof)}
            for one in grounds.events
        ],
        "crumbs": [Crumb(_("Ledger of legal bases"), reverse("web:ledger"))],
    }
    return render(request, "ledger/person.html", context)


def _proof(code: str) -> str:
    return _(_PROOFS[code]) if _PROOFS[code] else ""
