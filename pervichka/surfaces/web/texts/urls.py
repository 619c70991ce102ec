"""Texts that people agree to: the list, a version, what waits for a second person."""

from django.urls import path

from pervichka.surfaces.web.texts import deciding, proposing, reading

urlpatterns = [
    path("", reading.list_, name="texts"),
    path("waiting/", deciding.waiting, name="texts-waiting"),
    path("<slug:code>/propose/", proposing.propose, name="text-propose"),
    path("<slug:code>/<int:version>/", reading.version, name="text-version"),
]
