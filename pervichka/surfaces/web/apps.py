from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "pervichka.surfaces.web"
    label = "web"
