from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "apps.coverage"
    verbose_name = "Couverture"
