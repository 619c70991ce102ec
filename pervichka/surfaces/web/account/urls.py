"""The front page, signing in and out, the post one acts in."""

from django.urls import path

from pervichka.surfaces.web.account import views

urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("demo/sign-in/", views.demo_sign_in, name="demo-sign-in"),
    path("post/", views.choose_post, name="choose-post"),
]
