"""Which surface answers where."""

from django.urls import include, path, re_path

from pervichka.surfaces.api.application import api, no_such_address

urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api(?:/|$)", no_such_address),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("pervichka.surfaces.web.urls")),
]
