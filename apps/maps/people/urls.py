"""Addresses of the page of people by commune."""

from django.urls import path

from apps.maps.people import views

urlpatterns = [
    path("population/", views.people_page, name="people"),
]
