"""Addresses of the tables keyed by P-code."""

from django.urls import path

from apps.maps.area_tables import views

urlpatterns = [
    path("", views.tables, name="area-tables"),
    path("<slug:key>/", views.table, name="area-table"),
    path("<slug:key>/supprimer/", views.delete, name="area-table-delete"),
]
