"""The people of a branch; a person, and reaching them."""

from django.urls import path

from pervichka.surfaces.web.people import listing, views

urlpatterns = [
    path("", listing.people, name="people"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/reason/", views.reason, name="person-reason"),
    path("contacts/<uuid:contact_id>/", views.reach, name="person-reach"),
]
