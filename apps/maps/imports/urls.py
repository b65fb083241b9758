"""Addresses of the pages of imports. That of the places to decide is with places."""

from django.urls import path

from apps.maps.imports import files, views

urlpatterns = [
    path("", views.imports_page, name="imports"),
    path("nouveau/", views.import_new, name="import-new"),
    path("<uuid:pk>/", views.import_page, name="import"),
    path("<uuid:pk>/etat.json", files.state, name="import-state"),
    path("<uuid:pk>/refus/", files.refusals, name="import-refusals"),
    path("<uuid:pk>/colonnes/", views.columns, name="import-columns"),
    path("<uuid:pk>/colonnes/retenir/", views.remember, name="import-remember"),
    path("<uuid:pk>/essai/", views.trial, name="import-trial"),
    path("<uuid:pk>/charger/", views.applying, name="import-apply"),
    path("<uuid:pk>/annuler/", views.cancel, name="import-cancel"),
]
