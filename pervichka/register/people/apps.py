from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pervichka.register.people"
    label = "people"
