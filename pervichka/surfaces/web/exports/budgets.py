"""Who was shown people of other branches today, and more rows for one who needs them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.disclosure.actions import raise_budget
from pervichka.register.disclosure.queries import budgets_drawn
from pervichka.surfaces.web.account.fresh import fresh_factor
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.exports import words
from pervichka.surfaces.web.middleware import PageRequest

_FIELDS = ("user", "rows", "reason")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_factor
def budgets(request: PageRequest) -> HttpResponse:
    now = clock.now()
    drawn = budgets_drawn(request.actor, at=now)
    typed = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    errors: list[words.Problem] = []
    if request.method == "POST":
        try:
            raise_budget(
                user_name=typed["user"],
                rows=_number(typed["rows"]),
                reason=typed["reason"],
                by=request.actor,
                at=now,
            )
        except Refused as refused:
            errors = words.problems(refused)
        else:
            messages.success(request, _("More rows are allowed until the end of the day."))
            return redirect("web:budgets")
    context = {
        "drawn": drawn,
        "typed": typed,
        "errors": errors,
        "wrong": {error.field: error.text for error in errors},
        "crumbs": [Crumb(_("Exports"), reverse("web:exports"))],
    }
    return render(request, "exports/budgets.html", context, status=422 if errors else 200)


def _number(text: str) -> int:
    """0, which is refused in words, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
