"""Precincts with no living branch."""

from django.urls import path

from pervichka.surfaces.web.reach import views

urlpatterns = [path("", views.reach, name="reach")]
