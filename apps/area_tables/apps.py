from django.apps import AppConfig


class AreaTables(AppConfig):
    name = "apps.area_tables"
