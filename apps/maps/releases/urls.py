"""Addresses of releases: they never change."""

from django.urls import path, re_path

from apps.maps.releases import views

NAME = r"(?P<name>\d{4}-\d{2}-\d{2}(?:\.[1-9]\d?)?)"

urlpatterns = [
    path("", views.releases_page, name="releases"),
    path("cle.pem", views.key_file, name="release-key"),
    path("cles/<str:fingerprint>.pem", views.key_file, name="release-key-of"),
    re_path(rf"^{NAME}/$", views.release_page, name="release"),
    re_path(rf"^{NAME}/doi/$", views.doi, name="release-doi"),
    re_path(rf"^{NAME}/(?P<path>[A-Za-z0-9_./-]+)$", views.release_file, name="release-file"),
]
