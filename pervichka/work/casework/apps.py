from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "pervichka.work.casework"
    label = "casework"
