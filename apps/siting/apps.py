from django.apps import AppConfig


class SitingConfig(AppConfig):
    name = "apps.siting"
    verbose_name = "Implantations"
