"""The journal: who did and who saw what, and the proof that it is as it was written."""

from django.urls import path

from pervichka.surfaces.web.journal import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("verify/", views.verify, name="journal-verify"),
]
