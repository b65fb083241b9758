from django.apps import AppConfig


class Feeds(AppConfig):
    name = "apps.feeds"
