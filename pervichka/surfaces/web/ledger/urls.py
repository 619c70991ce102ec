"""The ledger of legal bases, for whoever answers for personal data."""

from django.urls import path

from pervichka.surfaces.web.ledger import views

urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("verify/", views.verify, name="ledger-verify"),
    path("person/", views.person, name="ledger-person"),
]
