"""Who has not come in yet, and slips for them."""

from django.urls import path

from pervichka.surfaces.web.sign_ins import views

urlpatterns = [
    path("", views.waiting, name="sign-ins"),
    path("print/", views.print_page, name="sign-ins-print"),
]
