"""Makes the key that signs releases, once: in a file that its owner alone reads, never in the database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.releases import services, signing


class Command(BaseCommand):
    help = "Makes the key that signs releases if there is none, and says its fingerprint."

    def handle(self, **options):
        try:
            key, is_new = signing.ensure_key(settings.RELEASE_KEY)
        except (signing.NoKey, OSError) as error:
            raise CommandError(str(error)) from None
        named, has_replaced = services.sign_with(
            signing.fingerprint(key.public_key()), signing.public_pem(key), now=timezone.now()
        )
        self.stdout.write(f"Key {named.fingerprint} {'was made' if is_new else 'signs releases'}.")
        if has_replaced:
            self.stdout.write("It took the place of another, whose releases stay as they were signed.")
