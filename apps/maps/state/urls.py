"""Addresses of the state of the data."""

from django.urls import path

from apps.maps.state import views

urlpatterns = [
    path("", views.state_page, name="data-state"),
    path("<str:key>/", views.decide, name="feed-decide"),
    path("<str:key>/lancer/", views.run_now, name="feed-run"),
]
