"""Addresses of the places to decide, and of the other names that were decided."""

from django.urls import path

from apps.maps.places_review import views

urlpatterns = [
    path("importer/<uuid:pk>/lieux/", views.import_places, name="import-places"),
    path("lieux/", views.places, name="places-to-decide"),
    path("lieux/contours.json", views.outlines, name="place-outlines"),
    path("lieux/<int:pk>/decider/", views.decide, name="place-decide"),
    path("lieux/<int:pk>/rouvrir/", views.reopen, name="place-reopen"),
    path("lieux/autres-noms/<int:pk>/annuler/", views.forget, name="alias-forget"),
]
