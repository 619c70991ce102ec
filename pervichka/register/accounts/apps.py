from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pervichka.register.accounts"
    label = "accounts"
