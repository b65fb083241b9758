"""Addresses of the files of a run."""

from django.urls import path

from apps.maps.memo import views

urlpatterns = [
    path("<uuid:pk>/", views.memo_page, name="memo"),
    path("<uuid:pk>/etat.json", views.memo_state, name="memo-state"),
    path("<uuid:pk>/<str:name>", views.memo_file, name="memo-file"),
]
