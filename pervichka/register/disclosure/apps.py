from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "pervichka.register.disclosure"
    label = "disclosure"
