from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "pervichka.register.texts"
    label = "texts"
