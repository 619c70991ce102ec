"""Which surface answers where."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("pervichka.surfaces.web.urls")),
]
