"""The service: a landing page, its description, the collections and their features, as JSON and as pages."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotAuthenticated, PermissionDenied, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.views import APIView

from apps.accounts.access import may_see, visible_classes
from apps.api import bodies
from apps.api.answers import conditional
from apps.api.ogc import documents, items, openapi, pages
from apps.api.ogc.asked import asked, check, identifier_of
from apps.api.ogc.crs import CRS84, system
from apps.api.ogc.formats import GEOJSON, JSON, OPENAPI, SCHEMA, Links, format_of
from apps.api.ogc.queries import TooLong, bounded
from apps.api.ogc.schemas import feature_schema
from apps.api.problems import handler
from apps.catalogue.loads import active_edition, other_loads, readable_as, told
from apps.catalogue.texts import as_json
from apps.sources.models import LayerRevision
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS


class AnyFormat(BaseContentNegotiation):
    """The format is ours to choose (`formats.format_of`), not the framework's."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class Conflict(APIException):
    status_code = 409


class Unavailable(APIException):
    status_code = 503


def _told(exception):
    """Return what is said of an exception of asking the database; any other as it is."""
    match exception:
        case TooLong():
            return Unavailable(_("Trop long : demandez moins à la fois, par bbox, filter ou limit."))
        case items.Reloaded():
            return Conflict(
                _("Cette collection a été rechargée depuis la première page : recommencez à la première.")
            )
    return exception


class OgcView(APIView):
    """One address: JSON for programs, a page for readers. It is no part of the schema of our own API."""

    permission_classes = []
    content_negotiation_class = AnyFormat
    schema = None
    content_type = JSON
    template = ""

    def get(self, request, **parts):
        check(request.GET)
        links = Links(request)
        told_ = self.document(links, **parts)
        if format_of(request) == "html":
            return self.page(request, **self.shown(told_, **parts))
        return HttpResponse(as_json(told_), content_type=self.content_type)

    def document(self, links, **parts):
        raise NotImplementedError

    def shown(self, told_, **parts):
        return {"told": told_}

    def page(self, request, **context):
        return render(request, self.template, context)

    def handle_exception(self, exception):
        """A reader is told on a page, a program in a problem."""
        answer = handler(_told(exception), {"request": self.request})
        if answer is None or self.request.GET.get("f") == "json":
            return answer or super().handle_exception(exception)
        try:
            is_html = format_of(self.request) == "html"
        except ValidationError:
            is_html = False
        return pages.problem(self.request, answer) if is_html else answer


class LandingView(OgcView):
    template = "ogc/landing.html"

    def document(self, links):
        return documents.landing(links)

    def shown(self, told_):
        return {"told": told_, "root": Links(self.request).root()}


class ConformanceView(OgcView):
    template = "ogc/conformance.html"

    def document(self, links):
        return documents.conformance(links)


class ApiView(OgcView):
    content_type = OPENAPI
    template = "ogc/api.html"

    def document(self, links):
        return openapi.document(links.root())


class CollectionsView(OgcView):
    template = "ogc/collections.html"

    def document(self, links):
        return documents.collections(links, self.request.user)


class LayerView(OgcView):
    """An address of one collection."""

    @staticmethod
    def layer(name):
        if name not in LAYERS:
            raise Http404(name)
        return LAYERS[name]


class CollectionView(LayerView):
    template = "ogc/collection.html"

    def document(self, links, name):
        layer = self.layer(name)
        itself = links.itself(JSON, layer.title.in_language(get_language()))
        return documents.collection(layer, links, self.request.user, itself=itself)

    def shown(self, told_, name):
        return pages.collection(told_, self.layer(name))


class QueryablesView(LayerView):
    content_type = SCHEMA
    template = "ogc/queryables.html"

    def document(self, links, name):
        return documents.queryables(self.layer(name), links)

    def shown(self, told_, name):
        return {"told": told_, "layer": self.layer(name), "fields": pages.fields(self.layer(name))}


class SchemaView(LayerView):
    """The JSON Schema of a feature: for programs only."""

    def get(self, request, name):
        check(request.GET)
        told_ = feature_schema(self.layer(name), Links(request))
        return HttpResponse(as_json(told_), content_type=SCHEMA)


@dataclass(frozen=True)
class Answer:
    """What `conditional` needs of an answer."""

    key: str
    changed_at: datetime | None
    access: AccessClass
    make_body: object


class FeaturesView(LayerView):
    """Rows, for those who may read them."""

    def readable(self, layer):
        load, access = readable_as(layer)
        if may_see(self.request.user, access):
            return load, access
        raise PermissionDenied if self.request.user.is_authenticated else NotAuthenticated

    def answered(self, layer, load, access, crs, make):
        """Return the answer that `make(revision, about)` writes, made only where the reader has none yet."""
        revision, changed_at = LayerRevision.objects.of(layer.name)
        rows_differ = layer.has_access_by_row or "known_at" in self.request.GET
        readable = visible_classes(self.request.user) if rows_differ else []
        about = vars(told(load, active_edition(), changed_at, others=other_loads(layer)))
        key = bodies.key_of(
            "ogc", self.request.build_absolute_uri(), get_language(), revision, changed_at, readable, about
        )

        def make_body():
            with bounded():
                return bodies.OnceBody(make(revision, about))

        if rows_differ:
            access = AccessClass.SIGNED_IN  # One address, another body for another reader: no proxy keeps it.
        answer = conditional(self.request, Answer(key, changed_at, access, make_body), GEOJSON)
        answer["Content-Crs"] = f"<{crs.uri}>"
        return answer


def _without_blanks(parameters):
    """Return what a form asks: a field left empty asks nothing."""
    filled = parameters.copy()
    for name in [name for name, value in parameters.items() if not value]:
        del filled[name]
    return filled


class ItemsView(FeaturesView):
    template = "ogc/items.html"

    def get(self, request, name):
        layer = self.layer(name)
        is_page = format_of(request) == "html"
        wanted = asked(layer, _without_blanks(request.GET) if is_page else request.GET)
        load, access = self.readable(layer)
        links = Links(request)
        if is_page:
            return self.page(request, **pages.items(wanted, request.user, links, load))

        def make(revision, about):
            found = items.page(wanted, request.user, revision)
            return items.feature_collection(found, wanted, self._links(layer, found, links), about)

        return self.answered(layer, load, access, wanted.crs, make)

    @staticmethod
    def _links(layer, found, links):
        title = layer.title.in_language(get_language())
        next_ = [links.following(GEOJSON, **found.following)] if found.following else []
        return [
            *links.itself(GEOJSON, title),
            links.link("collection", JSON, title, "collection", layer.name),
            *next_,
        ]


class ItemView(FeaturesView):
    template = "ogc/item.html"

    def get(self, request, name, identifier):
        layer = self.layer(name)
        check(request.GET, ("crs",))
        crs = system(request.GET.get("crs", CRS84.uri), "crs")
        load, access = self.readable(layer)
        with bounded():
            text = items.one(layer, request.user, self.identifier(layer, identifier), crs)
        if text is None:
            raise Http404(identifier)
        links = Links(request)
        if format_of(request) == "html":
            return self.page(request, **pages.item(text, layer, links, load))
        own = [
            *links.itself(GEOJSON, str(identifier)),
            links.link("collection", JSON, layer.title.in_language(get_language()), "collection", layer.name),
        ]
        return self.answered(layer, load, access, crs, lambda *_told: items.single(text, own))

    @staticmethod
    def identifier(layer, text):
        try:
            return identifier_of(layer)(text)
        except ValueError:
            raise Http404(text) from None
