"""What the control commission hears of pressure."""

from django.urls import path

from pervichka.surfaces.web.pressure import views

urlpatterns = [
    path("", views.reports, name="pressure"),
    path("<uuid:report_id>/handled/", views.handled, name="pressure-handled"),
]
