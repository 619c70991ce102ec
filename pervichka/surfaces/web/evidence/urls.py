"""The records behind one indicator of one branch."""

from django.urls import path

from pervichka.surfaces.web.evidence import views

urlpatterns = [
    path("<slug:indicator>/mistake/<path:code>", views.report_mistake, name="evidence-mistake"),
    path("<slug:indicator>/name/<path:code>", views.open_participant, name="evidence-name"),
    path("<slug:indicator>/of/<path:code>", views.evidence, name="evidence"),
]
