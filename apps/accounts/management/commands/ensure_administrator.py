"""Makes the first administrator, once, and says how to set the password."""

from django.core.management.base import BaseCommand

from apps.accounts import services


class Command(BaseCommand):
    help = "Gives every group its permissions and makes the first administrator if there is none."

    def add_arguments(self, parser):
        parser.add_argument("--username", default="admin")

    def handle(self, *, username, **options):
        services.grant_permissions()
        user, _ = services.ensure_administrator(username)
        if user.has_usable_password():
            self.stdout.write(f"Administrator '{username}' exists.")
        else:
            self.stdout.write(
                f"Administrator '{username}' has no password yet: make password USER={username}"
            )
