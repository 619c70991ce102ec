"""Lists of people as files, and the daily budgets of rows."""

from django.urls import path

from pervichka.surfaces.web.exports import asking, budgets, listing

urlpatterns = [
    path("", listing.exports, name="exports"),
    path("ask/", asking.ask, name="export-ask"),
    path("budgets/", budgets.budgets, name="budgets"),
    path("<uuid:export_id>/file/", listing.file, name="export-file"),
]
