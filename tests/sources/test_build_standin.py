"""The command that rebuilds the bundled data."""

import io

from django.core.management import call_command


def test_rebuilding_the_bundled_stand_in_changes_nothing():
    said = io.StringIO()
    call_command("build_standin", stdout=said)
    assert said.getvalue() == "Nothing changed.\n"
