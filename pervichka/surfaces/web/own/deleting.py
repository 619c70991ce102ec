"""A person deletes what is held of them: said plainly, confirmed once, done at once."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.register.access.actor import Actor
from pervichka.register.people.queries import own_person
from pervichka.register.posts.queries import own_posts
from pervichka.standard.facts.actions.erasing import Act, erase_everywhere
from pervichka.surfaces.web.account.entering import METHODS
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.own import standing

# What was erased, in the order of the act; what is not named here is not printed.
_ERASED = {
    "people": gettext_noop("Record of a person"),
    "contacts": gettext_noop("Phone numbers and e-mail addresses"),
    "aliases": gettext_noop("Codes of other systems"),
    "affiliations": gettext_noop("Affiliations"),
    "confirmations": gettext_noop("Confirmations"),
    "consents": gettext_noop("Consents"),
    "suspicions": gettext_noop("Suspected duplicates"),
    "posts": gettext_noop("Posts that ended"),
    "users": gettext_noop("Sign-in"),
    "sessions": gettext_noop("Sessions that ended"),
    "invitations": gettext_noop("Invitations, without a name now"),
    "attendances": gettext_noop("Attendances, without a name now"),
    "head_counts": gettext_noop("Head counts, without a name now"),
    "minutes_signed": gettext_noop("Signatures under minutes"),
    "facts": gettext_noop("Records behind scores, under a code that leads to nobody"),
    "jobs": gettext_noop("Letters in the queue"),
    "files": gettext_noop("Files with copies"),
    "exports": gettext_noop("Exported lists that may name the person"),
    "appeals": gettext_noop("Appeals, without a name and a word now"),
    "appeal_files": gettext_noop("Pictures and documents of appeals"),
    "visits": gettext_noop("Bookings of open hours, without a name now"),
}


@require_http_methods(METHODS)
@standing.for_oneself
def delete(request: PageRequest, *, actor: Actor) -> HttpResponse:
    if request.method != "POST":
        return render(request, "own/delete.html", {"posts": own_posts(actor, at=clock.now())})
    person = own_person(actor)
    assert person is not None  # noqa: S101 - for the types alone: see `for_oneself`
    act = erase_everywhere(person=person, by=actor, at=clock.now())
    # Nobody is here any more whose session it could be.
    standing.end(request)
    return render(request, "own/act.html", {"act": act, "erased": erased_lines(act)})


def erased_lines(act: Act) -> list[tuple[str, int]]:
    """What was erased and how much of it, as the act prints it."""
    return [(title, act.counts[name]) for name, title in _ERASED.items() if act.counts.get(name)]
