from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "pervichka.standard.facts"
    label = "facts"
