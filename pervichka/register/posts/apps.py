from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "pervichka.register.posts"
    label = "posts"
