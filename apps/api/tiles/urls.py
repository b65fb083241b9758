"""Addresses of the vector tiles."""

from django.urls import path

from apps.api.tiles import views

app_name = "tiles"

urlpatterns = [
    path("<str:name>/<int:z>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
]
