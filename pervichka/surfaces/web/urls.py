"""Addresses of the pages; each family of pages brings its own."""

from django.urls import include, path

app_name = "web"
urlpatterns = [
    path("", include("pervichka.surfaces.web.account.urls")),
]
