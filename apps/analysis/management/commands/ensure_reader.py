"""Lets the role that questions are asked as read the tables of the layers: after every migration."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.analysis.reader import queries


class Command(BaseCommand):
    help = "Makes the database role that questions are asked as, and lets it read what layers serve."

    @transaction.atomic
    def handle(self, **options):
        try:
            queries.make_role()
        except queries.NoReader as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Role {queries.ROLE} reads {queries.let_read()} tables.")
