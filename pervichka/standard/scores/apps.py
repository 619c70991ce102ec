from django.apps import AppConfig


class ScoresConfig(AppConfig):
    name = "pervichka.standard.scores"
    label = "scores"
