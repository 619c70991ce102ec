"""The people of a branch; a person, and reaching them."""

from django.urls import path

from pervichka.surfaces.web.people import calling, listing, views

urlpatterns = [
    path("", listing.people, name="people"),
    path("calls/", calling.call_list, name="call-list"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/reason/", views.reason, name="person-reason"),
    path("<uuid:person_id>/link/", views.print_link, name="own-link-print"),
    path("contacts/<uuid:contact_id>/confirm/", views.confirm, name="person-contact-confirm"),
    path("contacts/<uuid:contact_id>/", views.reach, name="person-reach"),
]
