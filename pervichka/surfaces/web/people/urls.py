"""A person, and reaching them."""

from django.urls import path

from pervichka.surfaces.web.people import calling, views

urlpatterns = [
    path("calls/", calling.call_list, name="call-list"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("contacts/<uuid:contact_id>/", views.reach, name="person-reach"),
]
