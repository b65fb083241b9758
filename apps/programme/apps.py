from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "apps.programme"
    verbose_name = "Programme"
