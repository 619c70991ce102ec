from django.apps import AppConfig


class CampaigningConfig(AppConfig):
    name = "pervichka.register.campaigning"
    label = "campaigning"
