"""Deletes tokens that have been over for a month."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.accounts import tokens
from apps.accounts.models import ApiToken


class Command(BaseCommand):
    help = "Deletes tokens that expired or were revoked more than 30 days ago."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count them, delete none")

    def handle(self, *, dry_run, **options):
        now = timezone.now()
        if dry_run:
            old = ApiToken.objects.over_since(now - tokens.REMEMBERED)
            self.stdout.write(f"{old.count()} tokens would be deleted.")
            return
        self.stdout.write(f"Deleted {tokens.forget_old(now)} tokens.")
