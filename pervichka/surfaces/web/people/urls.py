"""A person, and reaching them."""

from django.urls import path

from pervichka.surfaces.web.people import views

urlpatterns = [
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/reason/", views.reason, name="person-reason"),
    path("contacts/<uuid:contact_id>/", views.reach, name="person-reach"),
]
