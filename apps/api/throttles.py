"""How many requests a minute one reader may make. Counted in the database: once, not once a process."""

from django.core.cache import caches
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class AnonymousReaders(AnonRateThrottle):
    cache = caches["throttle"]
    scope = "anonymous"


class SignedInReaders(UserRateThrottle):
    cache = caches["throttle"]
    scope = "signed_in"

    def get_cache_key(self, request, view):
        if not request.user.is_authenticated:
            return None  # counted by AnonymousReaders
        return super().get_cache_key(request, view)
