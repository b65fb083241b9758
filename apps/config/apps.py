"""Which static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class CollectedFiles(StaticFilesConfig):
    """Files that no page of ours names are left where they are: compressing them takes a minute."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "draw", "rest_framework", "leaflet-src*"]
