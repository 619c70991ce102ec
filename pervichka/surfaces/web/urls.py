"""Addresses of the pages; each family of pages brings its own."""

from django.urls import include, path

from pervichka.surfaces.web.alive import alive

app_name = "web"
urlpatterns = [
    # A server is ready as soon as it answers: every table is there before it starts.
    path("healthz", alive, name="alive"),
    path("readyz", alive, name="ready"),
    path("", include("pervichka.surfaces.web.account.urls")),
    path("overview/", include("pervichka.surfaces.web.overview.urls")),
    path("access/", include("pervichka.surfaces.web.access.urls")),
    path("branches/", include("pervichka.surfaces.web.branches.urls")),
    path("evidence/", include("pervichka.surfaces.web.evidence.urls")),
    # Its own addresses say where each stands: lists under events/, personal links under i/ and c/.
    path("", include("pervichka.surfaces.web.events.urls")),
    path("journal/", include("pervichka.surfaces.web.journal.urls")),
    path("ledger/", include("pervichka.surfaces.web.ledger.urls")),
    # The list under messages/, the way out of a letter under m/.
    path("", include("pervichka.surfaces.web.messaging.urls")),
    path("me/", include("pervichka.surfaces.web.own.urls")),
    path("people/", include("pervichka.surfaces.web.people.urls")),
    path("pressure/", include("pervichka.surfaces.web.pressure.urls")),
    path("reach/", include("pervichka.surfaces.web.reach.urls")),
    path("requests/", include("pervichka.surfaces.web.requests.urls")),
    path("sheets/", include("pervichka.surfaces.web.sheets.urls")),
    path("sign-ins/", include("pervichka.surfaces.web.sign_ins.urls")),
    path("standard/", include("pervichka.surfaces.web.standards.urls")),
    path("texts/", include("pervichka.surfaces.web.texts.urls")),
]
