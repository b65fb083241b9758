"""Addresses of the runs of targeting."""

from django.urls import path

from apps.maps.runs import views

urlpatterns = [
    path("", views.runs_page, name="runs"),
    path("<uuid:pk>/", views.run_page, name="run"),
    path("<uuid:pk>/etat.json", views.run_state, name="run-state"),
    path("<uuid:pk>/publier/", views.run_publish, name="run-publish"),
    path("<uuid:pk>.<str:extension>", views.run_file, name="run-file"),
]
