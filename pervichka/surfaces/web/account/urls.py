"""The front page, signing in and out, a user's own sign-in, the post one acts in."""

from django.urls import path

from pervichka.surfaces.web.account import codes, entering, passkeys, security, slips, views

urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("sign-in/", entering.sign_in, name="sign-in"),
    path("sign-in/passkey/", passkeys.enter_by_passkey, name="passkey-enter"),
    path("sign-in/code/", codes.ask, name="code-ask"),
    path("sign-in/code/enter/", codes.use, name="code-enter"),
    path("sign-in/second/", entering.second_step, name="second-step"),
    path("sign-in/confirm/", entering.confirm, name="confirm"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("slip/", slips.type_slip, name="slip-enter"),
    path("slip/<str:token>/", slips.open_slip, name="slip"),
    path("welcome/", slips.welcome, name="welcome"),
    path("security/", security.security, name="security"),
    path("security/password/", security.change_password, name="password"),
    path("security/app/", security.add_app, name="factor-add"),
    path("security/passkey/", passkeys.add_passkey, name="passkey-add"),
    path("security/codes/", security.recovery_codes, name="factor-codes"),
    path("security/remove/<int:factor_id>/", security.remove_factor, name="factor-remove"),
    path("security/devices/", security.end_devices, name="end-devices"),
    path("demo/sign-in/", views.demo_sign_in, name="demo-sign-in"),
    path("post/", views.choose_post, name="choose-post"),
]
