"""One question to one layer, ready to be answered: who may read it, which body it is, how to make it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from apps.api import bodies
from apps.api.rendering import geojson, table
from apps.catalogue.loads import active_edition, joined, other_loads, told
from apps.catalogue.questions import question
from apps.sources.freshness import is_stale
from apps.sources.models import LayerRevision
from geo.vocabulary import AccessClass


@dataclass(frozen=True)
class Format:
    extension: str
    content_type: str
    render: Callable


FORMATS = {
    "geojson": Format("geojson", "application/geo+json", geojson),
    "csv": Format("csv", "text/csv; charset=utf-8", lambda asked, about, _: table(asked, about)),
}


@dataclass(frozen=True)
class LayerAnswer:
    key: str
    changed_at: datetime | None
    access: AccessClass
    licence: str
    make_body: Callable[[], bodies.Body]


def layer_answer(layer, load, access, format_, parameters, *, readable=(AccessClass.PUBLIC,)):
    """
    Return the answer to these query parameters (a QueryDict); raises ValidationError for a wrong one.

    Of a layer whose rows have each their own access class it holds those of the classes `readable`.
    """
    asked = question(layer, parameters, readable=readable)
    revision, changed_at = LayerRevision.objects.of(layer.name)
    given = sorted((name, value) for name, value in parameters.items() if name != "lang")
    if layer.has_access_by_row:
        given.append(("readable", *asked.readable))
        access = AccessClass.SIGNED_IN  # One address, another body for another reader: no proxy keeps it.
    others = other_loads(layer)
    loads = [each for each in (load, *others) if each]
    key = bodies.key_of(
        format_.extension,
        given,
        layer.name,
        revision,
        changed_at,
        [(each.pk, is_stale(each, timezone.localdate())) for each in loads],
    )

    def render():
        about = told(load, active_edition(), changed_at, others=others)
        return format_.render(asked, about, _address(layer, format_, parameters))

    def make_body():
        return bodies.kept(layer.name, key, render) if asked.is_whole else bodies.OnceBody(render())

    return LayerAnswer(key, changed_at, access, joined(each.licence for each in loads), make_body)


def _address(layer, format_, parameters):
    path = reverse(f"api:layer-{format_.extension}", args=[layer.name])
    return f"{path}?{parameters.urlencode()}" if parameters else path
