from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "apps.packs"
    verbose_name = "Paquets d’une zone"
