"""Addresses of the page of coverage."""

from django.urls import path

from apps.maps.coverage import views

urlpatterns = [
    path("", views.coverage_page, name="coverage"),
    path("ensemble/", views.both_page, name="coverage-both"),
    path("comparer/", views.comparing_page, name="coverage-comparing"),
    path("deplacer/", views.moving_page, name="coverage-moving"),
]
