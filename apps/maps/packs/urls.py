"""Address of the page where a reader takes away what is known of some cercles."""

from django.urls import path

from apps.maps.packs import views

urlpatterns = [path("", views.my_area, name="my-area")]
