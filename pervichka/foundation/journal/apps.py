from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "pervichka.foundation.journal"
    label = "journal"
