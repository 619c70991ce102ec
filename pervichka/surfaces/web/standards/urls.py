"""The standard, for everyone to read."""

from django.urls import path

from pervichka.surfaces.web.standards import views

urlpatterns = [
    path("", views.standard, name="standard"),
    path("<slug:slug>/<str:version>/", views.standard, name="standard-version"),
]
