"""Addresses of the page of travel."""

from django.urls import path

from apps.maps.travel import views

urlpatterns = [
    path("", views.travel_page, name="travel"),
    path("vitesses/", views.change_speed, name="travel-speed"),
]
