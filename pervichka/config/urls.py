"""Which surface answers where."""

from django.urls import include, path

from pervichka.surfaces.api.application import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("pervichka.surfaces.web.urls")),
]
