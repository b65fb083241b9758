"""Addresses: pages, API, accounts, admin, health."""

from django.contrib import admin
from django.urls import include, path

from apps.api.health import health

urlpatterns = [
    path("", include("apps.maps.urls")),
    path("api/", include("apps.api.urls")),
    path("ogc/", include("apps.api.ogc.urls")),
    path("tiles/", include("apps.api.tiles.urls")),
    path("telecharger/", include("apps.api.downloads.urls")),
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
]

handler400 = "apps.config.errors.bad_request"
handler403 = "apps.config.errors.forbidden"
handler404 = "apps.config.errors.not_found"
handler500 = "apps.config.errors.broken"
