from django.apps import AppConfig


class BoundariesConfig(AppConfig):
    name = "apps.boundaries"
    verbose_name = "Limites et population"
