"""Addresses of the runs of targeting."""

from django.urls import path

from apps.maps.runs import opening, views
from apps.targeting.runs import KIND

urlpatterns = [
    path("", views.runs_page, name="runs"),
    path("<uuid:pk>/", views.run_page, name="run"),
    path("<uuid:pk>/etat.json", opening.run_state, {"kind": KIND}, name="run-state"),
    path("<uuid:pk>/publier/", opening.run_publish, {"kind": KIND}, name="run-publish"),
    path("<uuid:pk>.<str:extension>", views.run_file, name="run-file"),
]
