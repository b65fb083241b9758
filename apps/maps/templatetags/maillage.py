"""Tags and filters of the pages."""

from datetime import date

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.maps import formats, words

register = template.Library()

PLACES = (
    ("map", gettext_lazy("Carte")),
    ("event-indicators", gettext_lazy("Événements")),
    ("targeting", gettext_lazy("Ciblage")),
    ("coverage", gettext_lazy("Couverture")),
    ("analysis", gettext_lazy("Analyse")),
    ("programme", gettext_lazy("Programme")),
    ("data", gettext_lazy("Données")),
)
"""The pages of the bar: URL name, title."""


@register.simple_tag(takes_context=True)
def places(context):
    """Return the pages of the bar, the one being read marked."""
    match = getattr(context.get("request"), "resolver_match", None)
    current = match.url_name if match else None
    return [{"url": reverse(name), "title": title, "is_current": name == current} for name, title in PLACES]


@register.simple_tag(takes_context=True)
def language_url(context, language):
    """Return this page's address in another language, its view kept; the map's after a form was sent."""
    request = context.get("request")
    if request is None or request.method != "GET":
        return f"{reverse('map')}?lang={language}"
    query = request.GET.copy()
    query["lang"] = language
    return f"{request.path}?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_url(context, **changes):
    """Return this page's query with some parameters changed (None: left out), the rest of the view kept."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sign_in_url(context):
    """Return the address of the sign-in page, which comes back here."""
    request = context.get("request")
    if request is None or request.path == reverse("login"):
        return reverse("login")
    return f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}"


@register.inclusion_tag("maps/_search.html", takes_context=True)
def search_box(context):
    return {"q": context.get("q", "")}


@register.simple_tag
def page_words():
    """Return the words that the modules of every page need."""
    return words.every_page()


@register.simple_tag
def level_word(level):
    """Return what a place of the search is: région, cercle, commune, localité."""
    return words.levels()[level]


@register.filter
def number(value, decimals=0):
    return or_missing(formats.number(value, decimals))


@register.filter
def amount(value):
    """Return a sum of money; a dash that is not read aloud where the document prints none."""
    if value is None:
        return mark_safe('<span class="soft" aria-hidden="true">—</span>')
    return formats.number(value)


@register.simple_tag
def interval(low, high):
    """Return « 1 200 à 3 400 », one number where both ends are the same, what is missing as such."""
    if low is None or low == high:
        return number(low)
    return _("%(low)s à %(high)s") % {"low": formats.number(low), "high": formats.number(high)}


@register.filter
def plain(value):
    """Return a figure as a script reads it; empty when missing."""
    return "" if value is None else repr(value)


@register.filter
def percent(share, decimals=0):
    return or_missing(formats.percent(share, decimals))


NEARLY_NONE, NEARLY_ALL = 0.001, 0.999


@register.filter
def share(part):
    """Return a part of a whole as a percentage: 100 % is said of all of it, 0 % of nothing of it."""
    if part is None or part in (0, 1):
        return percent(part)
    told = min(max(part, NEARLY_NONE), NEARLY_ALL)
    return percent(told, 0 if 0.005 < told < 0.995 else 1)


@register.filter
def day(value):
    return or_missing(formats.day(_as_date(value)))


@register.filter
def month(value):
    return or_missing(formats.month(_as_date(value)))


def _as_date(value):
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


@register.filter
def or_missing(text):
    """Missing is not zero: it has a sign of its own, and says what it is."""
    if text is not None:
        return text
    return format_html('<abbr class="missing" title="{}">{}</abbr>', _("pas de donnée"), _("n. d."))
