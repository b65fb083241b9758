"""What an answer follows from, as one hash: asked again, the answer is there. Light: pages call it."""

from apps.coverage.studies import inputs as reach
from apps.siting.questions import METHOD


def loads_of():
    """Return the loads in use that a choice of sites rests on: those of reach, and the programme's costs."""
    return reach.loads_of({"with_works": True})


def inputs_of(asked, loads):
    """Return the hash of a question and of all the data it may be answered from."""
    return reach.inputs_of(asked | {"siting_method": METHOD}, loads)
