"""Addresses of the comparison of counts."""

from django.urls import path

from apps.maps.comparison import views

urlpatterns = [
    path("comparaison/", views.comparison_page, name="events-comparison"),
    path("comparaison.csv", views.comparison_file, name="events-comparison-file"),
]
