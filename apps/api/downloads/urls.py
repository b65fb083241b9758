"""Addresses of the files that readers take away."""

from django.urls import path, re_path

from apps.api.downloads import views
from apps.api.downloads.described import FileDescribed

app_name = "downloads"

urlpatterns = [
    path("fichiers/<uuid:pk>/metadata.jsonld", FileDescribed.as_view(), name="file-described"),
    path("fichiers/<uuid:pk>/<str:file_name>", views.FileView.as_view(), name="file"),
    re_path(r"^(?P<name>[a-z0-9_]+)/$", views.chosen, name="chosen"),
    re_path(r"^(?P<name>[a-z0-9_]+)\.(?P<extension>[a-z.]+)$", views.LayerFileView.as_view(), name="layer"),
]
