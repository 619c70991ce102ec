"""The front page, signing in and out, the post one acts in."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pervichka.foundation import clock
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.posts import queries as posts
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
    return redirect("web:overview")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: PageRequest) -> HttpResponse:
    """One answer for a wrong name and a wrong password, so that names can't be found out."""
    if request.method == "GET":
        return render(request, "account/sign_in.html", {"next": request.GET.get("next", "")})
    name = request.POST.get("name", "").strip()
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None:
        context = {"failed": True, "name": name, "next": request.POST.get("next", "")}
        return render(request, "account/sign_in.html", context, status=422)
    login(request, user)
    return HttpResponseRedirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and allowed else reverse("web:home")


@require_POST
def sign_out(request: PageRequest) -> HttpResponse:
    logout(request)
    return redirect("web:front")


@require_POST
def demo_sign_in(request: PageRequest) -> HttpResponse:
    """In one click as one of the demo's people; nowhere but in the demo."""
    user = posts.user_to_try(request.POST.get("name", ""))
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
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
