"""A branch. Its code may hold a slash (`RU-AD/1`), so it stands at the end of the address."""

from django.urls import path

from pervichka.surfaces.web.branches import controller, views

urlpatterns = [
    path("help/<path:code>", views.ask_for_help, name="branch-help"),
    path("controller/<path:code>", controller.page, name="branch-controller"),
    path("silent/<path:code>", views.silent, name="silent"),
    path("of/<path:code>", views.branch, name="branch"),
]
