"""Access: who holds what; granting, the second person, ending a term; a secretary's helpers."""

from django.urls import path

from pervichka.surfaces.web.access import ending, granting, helping, listing, resetting, waiting

urlpatterns = [
    path("", listing.holdings, name="access"),
    path("grant/", granting.grant_page, name="access-grant"),
    path("waiting/", waiting.waiting, name="access-waiting"),
    path("helpers/", helping.helpers, name="access-helpers"),
    path("<uuid:holding_id>/end/", ending.end, name="access-end"),
    path("<uuid:holding_id>/second-factor/", resetting.reset, name="access-factor"),
]
