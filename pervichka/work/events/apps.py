from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "pervichka.work.events"
    label = "events"
