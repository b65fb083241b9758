"""What the worker does between requests: patterns follow events, boundaries and people."""

from django.core.management import call_command
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="measure_patterns", lock="measure_patterns", pass_context=False)
def measure_patterns(timestamp):
    """Measure what is out of date; nothing is imported or measured while nothing is."""
    call_command("measure_patterns")
