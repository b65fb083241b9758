"""Ends every token of a user: a laptop was lost, somebody left."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts import tokens
from apps.accounts.models import ApiToken, User


class Command(BaseCommand):
    help = "Revokes every living token of a user. They are refused from the next request on."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--dry-run", action="store_true", help="count them, revoke none")

    def handle(self, *, username, dry_run, **options):
        owner = User.objects.filter(username=username).first()
        if owner is None:
            raise CommandError(f"No user is called '{username}': /admin/ has the list.")
        now = timezone.now()
        if dry_run:
            self.stdout.write(f"{ApiToken.objects.of(owner).living(now).count()} tokens would be revoked.")
            return
        self.stdout.write(f"Revoked {tokens.revoke_all(owner, now=now)} tokens of '{username}'.")
