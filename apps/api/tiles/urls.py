"""Addresses of the vector tiles."""

from django.urls import path

from apps.api.tiles import views

app_name = "tiles"

urlpatterns = [
    path("", views.index, name="index"),
    path("<str:name>.json", views.tilejson_of, name="tilejson"),
    path("<str:name>.qml", views.qml_of, name="qml"),
    path("<str:name>/style.json", views.style_of, name="style"),
    path("<str:name>/<int:z>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
]
