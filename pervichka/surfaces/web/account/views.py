"""The front page, the demo's one click, the post one acts in."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.posts import queries as posts
from pervichka.surfaces.web.account import session
from pervichka.surfaces.web.account.trying import levels_to_try
from pervichka.surfaces.web.middleware import POST_IN_SESSION, PageRequest


@require_safe
def front(request: PageRequest) -> HttpResponse:
    """What this is; in the demo, everyone it can be tried as."""
    # Whom the demo may be tried as is shown to anyone; elsewhere there is nobody.
    with acting_as(SYSTEM):
        levels = levels_to_try(posts.sign_ins_to_try(at=clock.now()))
    return render(request, "account/front.html", {"levels": levels})


@login_required
@require_safe
def home(request: PageRequest) -> HttpResponse:
    """Where one's work begins: one's own branch, or the overview of what lies below it."""
    if Permission.SEE_SCORES not in request.actor.permissions:
        # An administrator sees no scores: their work is who holds what.
        may_see = Permission.SEE_ACCESS in request.actor.permissions
        return redirect("web:access" if may_see else "web:overview")
    return redirect("web:overview")


@require_POST
def demo_sign_in(request: PageRequest) -> HttpResponse:
    """In one click as one of the demo's people; nowhere but in the demo."""
    user = posts.user_to_try(request.POST.get("name", ""))
    if user is None:
        raise Http404
    session.begin(request, user, session.ONE_CLICK, at=clock.now())
    return redirect("web:home")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_post(request: PageRequest) -> HttpResponse:
    """One post at a time: rights and pages are those of the one chosen here."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    choices = posts.acting_choices(request.user, at=clock.now(), post_id=request.actor.post_id)
    if request.method == "POST":
        chosen = request.POST.get("post", "")
        if chosen in {str(choice.id) for choice in choices}:
            request.session[POST_IN_SESSION] = chosen
            return redirect("web:home")
    return render(request, "account/choose_post.html", {"choices": choices})
