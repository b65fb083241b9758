"""Addresses of the years side by side."""

from django.urls import path

from apps.maps.years import views

urlpatterns = [
    path("annees/", views.years_page, name="event-years"),
    path("annees.csv", views.years_file, name="event-years-file"),
]
