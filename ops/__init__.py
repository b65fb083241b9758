"""
Sets up, starts and stops an installation. Standard library only: it runs before anything is installed.

Drive it by the Makefile, or as `python3 -m ops COMMAND`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python must get this far to be told so
    raise SystemExit(
        "Maillage needs Python 3.11 or newer, and this is %s (%s).\n"  # noqa: UP031
        "Name a newer one: make PYTHON=/usr/bin/python3.12 ..." % (sys.version.split()[0], sys.executable)
    )
