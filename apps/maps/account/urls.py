"""Addresses of what an account keeps."""

from django.urls import path

from apps.maps.account import views

urlpatterns = [
    path("jetons/", views.tokens_page, name="tokens"),
    path("jetons/<int:pk>/revoquer/", views.revoke_token, name="token-revoke"),
]
