"""The overview of a unit and of what lies below it."""

from django.urls import path

from pervichka.surfaces.web.overview import views

urlpatterns = [
    path("", views.overview, name="overview"),
]
