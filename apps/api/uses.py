"""Counts the uses of layers at the doors of programs; those of files are counted where files are sent."""

from apps.catalogue.usage import used
from apps.sources.models import LayerUse
from layers.catalogue import LAYERS

Door = LayerUse.Door

COUNTED = {
    "api:layer-geojson": (Door.API, "geojson"),
    "api:layer-csv": (Door.API, "csv"),
    "ogc:items": (Door.OGC, "geojson"),
    "ogc:item": (Door.OGC, "geojson"),
    "tiles:tile": (Door.TILES, "mvt"),
}
"""Name of an address whose `name` is a layer -> by which door, in which format."""


class CountedUses:
    """One use for each answer that holds rows: not for one that says nothing changed, or refuses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        asked = request.resolver_match
        if response.status_code == 200 and asked and asked.view_name in COUNTED:
            door, format_ = COUNTED[asked.view_name]
            if asked.kwargs["name"] in LAYERS and request.method == "GET":
                is_page = response["Content-Type"].startswith("text/html")
                used(asked.kwargs["name"], door, "html" if is_page else format_, bytes_=len(response.content))
        return response
