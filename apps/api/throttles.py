"""How many requests a minute one reader may make of one web process."""

from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class AnonymousReaders(AnonRateThrottle):
    scope = "anonymous"


class SignedInReaders(UserRateThrottle):
    scope = "signed_in"

    def get_cache_key(self, request, view):
        if not request.user.is_authenticated:
            return None  # counted by AnonymousReaders
        return super().get_cache_key(request, view)
