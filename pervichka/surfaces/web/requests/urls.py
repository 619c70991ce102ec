"""Requests for help and reported mistakes."""

from django.urls import path

from pervichka.surfaces.web.requests import views

urlpatterns = [path("<int:number>/", views.request_page, name="request")]
