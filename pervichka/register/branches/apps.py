from django.apps import AppConfig


class BranchesConfig(AppConfig):
    name = "pervichka.register.branches"
    label = "branches"
