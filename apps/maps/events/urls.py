"""Addresses of events: indicators of areas, and what data keepers decide."""

from django.urls import path

from apps.maps.events import views

urlpatterns = [
    path("", views.indicators, name="event-indicators"),
    path("indicateurs.csv", views.indicators_file, name="event-indicators-file"),
    path("memes/", views.same_incidents, name="same-incidents"),
    path("memes/<int:pk>/", views.decide, name="same-incident"),
]
