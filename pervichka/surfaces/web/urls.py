"""Addresses of the pages; each family of pages brings its own."""

from django.urls import include, path

app_name = "web"
urlpatterns = [
    path("", include("pervichka.surfaces.web.account.urls")),
    path("overview/", include("pervichka.surfaces.web.overview.urls")),
    path("access/", include("pervichka.surfaces.web.access.urls")),
    path("branches/", include("pervichka.surfaces.web.branches.urls")),
    path("evidence/", include("pervichka.surfaces.web.evidence.urls")),
    # Its own addresses say where each stands: lists under events/, personal links under i/ and c/.
    path("", include("pervichka.surfaces.web.events.urls")),
    # What anyone may ask stands under ask/, those who see to it work under appeals/.
    path("", include("pervichka.surfaces.web.casework.urls")),
    path("people/", include("pervichka.surfaces.web.people.urls")),
    path("reach/", include("pervichka.surfaces.web.reach.urls")),
    path("requests/", include("pervichka.surfaces.web.requests.urls")),
    path("sign-ins/", include("pervichka.surfaces.web.sign_ins.urls")),
    path("standard/", include("pervichka.surfaces.web.standards.urls")),
]
