"""What the worker does between requests: bodies that the map asks first are ready before anybody asks."""

from django.http import QueryDict
from procrastinate.contrib.django import app

from apps.api import bodies
from apps.api.layer_answers import FORMATS, layer_answer
from apps.catalogue.loads import readable_as
from layers.catalogue import LAYERS
from layers.declaration import Geometry

FIRST_ASKED = ("", "detail=low", "detail=medium")
"""The questions of the map and of a download without parameters."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="keep_bodies_ready", pass_context=False)
def keep_bodies_ready(timestamp):
    """Make the bodies of the area layers that are missing, and delete those whose rows have changed since."""
    prepare_bodies()


def prepare_bodies():
    """Make every body that is asked first; return how many outdated ones were deleted."""
    keys = []
    for layer in LAYERS.values():
        if layer.geometry is not Geometry.AREA:
            continue
        load, access = readable_as(layer)
        for query in FIRST_ASKED:
            answer = layer_answer(layer, load, access, FORMATS["geojson"], QueryDict(query))
            answer.make_body()
            keys.append(answer.key)
    return bodies.forget_outdated(keys)
