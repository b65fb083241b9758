"""Where the bench has its rows."""

import os

from django.db import connection


def database_url():
    """Return the address of the database that is being measured."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{base}/{connection.settings_dict['NAME']}"
