from django.apps import AppConfig


class Patterns(AppConfig):
    name = "apps.patterns"
