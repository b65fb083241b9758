"""The formats of an answer and the links between answers."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

JSON = "application/json"
GEOJSON = "application/geo+json"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
HTML = "text/html"
PROBLEM = "application/problem+json"


def format_of(request):
    """Return `json` or `html`: what `f` asks, else what the reader's program says it reads first."""
    if "f" in request.GET:
        asked = request.GET["f"]
        if asked not in ("json", "html"):
            raise ValidationError({"f": _("f = %(asked)s : attendu json ou html") % {"asked": asked[:20]}})
        return asked
    preferred = request.get_preferred_type([GEOJSON, JSON, HTML])
    return "html" if preferred == HTML else "json"


class Links:
    """
    Makes links of answers to one request, as absolute addresses that hold behind a proxy.

    They keep the language that was asked.
    """

    def __init__(self, request):
        self.request = request
        self.kept = {"lang": request.GET["lang"]} if "lang" in request.GET else {}

    def to(self, name, *parts, **parameters):
        """Return the address of a page of these addresses (its name, the parts of its path)."""
        query = urlencode({**self.kept, **parameters})
        path = reverse(f"ogc:{name}", args=parts)
        return self.request.build_absolute_uri(f"{path}?{query}" if query else path)

    def link(self, relation, type_, title, name, *parts, **parameters):
        """Return a link of that relation and type."""
        return {
            "href": self.to(name, *parts, **parameters),
            "rel": relation,
            "type": type_,
            "title": title,
        }

    def itself(self, type_, title, **changed):
        """Return the links of an answer to itself, as the type it has and as the other."""
        here = self.request.GET.dict() | changed
        path = self.request.path

        def at(format_):
            return self.request.build_absolute_uri(f"{path}?{urlencode(here | {'f': format_})}")

        is_html = format_of(self.request) == "html"
        own, other = ((HTML, "html"), (type_, "json")) if is_html else ((type_, "json"), (HTML, "html"))
        return [
            {"href": at(own[1]), "rel": "self", "type": own[0], "title": title},
            {"href": at(other[1]), "rel": "alternate", "type": other[0], "title": title},
        ]

    def following(self, type_, **page):
        """Return the link to the next page: what was asked, and where it begins."""
        asked = {name: value for name, value in self.request.GET.items() if name not in page}
        return {
            "href": self.request.build_absolute_uri(f"{self.request.path}?{urlencode(asked | page)}"),
            "rel": "next",
            "type": type_,
        }

    def root(self):
        """Return the address of the landing page, without parameters."""
        return self.request.build_absolute_uri(reverse("ogc:landing"))
