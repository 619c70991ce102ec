from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "pervichka.work.messaging"
    label = "messaging"
