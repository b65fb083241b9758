#!/usr/bin/env python
"""The door to every command: `./manage.py help` lists them."""

import os
import runpy
import sys

from django.core.management import execute_from_command_line

NEEDS_NO_DATABASE = {"verify_release": "apps.releases.verify"}
"""Commands that are modules of their own where no database is named: settings would refuse to be read."""

if __name__ == "__main__":
    if "DATABASE_URL" not in os.environ and sys.argv[1:2] and sys.argv[1] in NEEDS_NO_DATABASE:
        module = NEEDS_NO_DATABASE[sys.argv.pop(1)]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        sys.exit()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    execute_from_command_line(sys.argv)
