"""What the form of a spatial question shows: as the reader left it, with what can be chosen next."""

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.events.asked import newest
from apps.maps.analysis import form as reading
from apps.maps.analysis import words
from apps.maps.asked import title_of
from apps.maps.coverage.page import shapes_url
from apps.maps.map.page import static_url
from geo.vocabulary import Level
from layers.catalogue import LAYERS
from layers.declaration import FieldType


def form_context(form, *, errors=(), told=(), of_run=None):
    """Return what templates/maps/analysis/compose.html needs to show this form (QueryDict)."""
    steps = reading.steps_of(form)
    regions = areas_offered()
    return {
        "steps": [step_of(form, n, regions) for n in range(1, steps + 1)],
        "n_steps": steps,
        "may_add_step": steps < reading.MOST_STEPS,
        "groups": groups_of(form, last_layer(form)),
        "by": [form.get("by1", ""), form.get("by2", "")],
        "measures": options(words.MEASURES, form.get("measure", "")),
        "measure_fields": fields_measured(form, last_layer(form)),
        "needs_field": form.get("measure") in words.OF_A_FIELD,
        "keeps": options(words.KEEPS, form.get("keep", "")),
        "keep_n": form.get("keep_n", ""),
        "events": events_of(form),
        "errors": errors,
        "told": told,
        "of_run": of_run,
        "draws": form_settings(),
    }


def form_settings():
    """Return what static/js/analysis_form.js needs."""
    return {
        "countries": static_url("basemap/countries.geojson"),
        "cercles": shapes_url(Level.CERCLE, "low"),
        "regions": shapes_url(Level.REGION, "low"),
        "drawLibrary": static_url("geoman/leaflet-geoman.min.js"),
        "drawStyle": static_url("geoman/leaflet-geoman.css"),
        "form": reverse("analysis-form"),
        "words": {
            "failed": _("Le formulaire n’a pas été mis à jour ({what}). Vos choix sont gardés : réessayez."),
            "retry": _("Réessayer"),
            "cancel": _("Annuler"),
            "cancelled": _("Arrêté : {what}"),
            "waiting": _("Mise à jour du formulaire…"),
            "drawing": _("Touchez la carte pour poser les sommets ; touchez le premier pour finir."),
            "drawn": _("Forme dessinée."),
            "picking": _("Touchez un cercle pour l’ajouter ou l’ôter."),
            "everywhere": _("tout le pays"),
            "picked": {"one": _("{n} territoire choisi"), "other": _("{n} territoires choisis")},
        },
    }


def options(words_of, chosen):
    """Return (value, words, is chosen) of each choice."""
    return [(value, told, value == chosen) for value, told in words_of.items()]


def areas_offered():
    """Return each region with its cercles: (P-code, name, [(P-code, name)])."""
    active = Area.objects.active()
    cercles = {}
    for pcode, name, region in active.at(Level.CERCLE).values_list("pcode", "name", "parent__pcode"):
        cercles.setdefault(region, []).append((pcode, name))
    regions = active.at(Level.REGION).order_by("name").values_list("pcode", "name")
    return [
        (pcode, name, sorted(cercles.get(pcode, ()), key=lambda each: each[1])) for pcode, name in regions
    ]


def step_of(form, n, regions):
    """Return what one step of the form shows."""
    prefix = f"s{n}"
    kind = form.get(f"{prefix}.relation", "")
    numbers = [
        (f"{prefix}.{name}", words.NUMBERS[name], form.get(f"{prefix}.{name}", ""), name)
        for name in reading.NEEDS.get(kind, ())
    ]
    return {
        "n": n,
        "prefix": prefix,
        "what": side_of(form, f"{prefix}.what", n, regions),
        "relation": kind,
        "relations": options(words.RELATIONS, kind),
        "numbers": numbers,
        "of": side_of(form, f"{prefix}.of", n, regions) if kind else None,
    }


def side_of(form, prefix, n, regions):
    """Return what one end of a step shows: its layer, conditions, places, dates, shape."""
    chosen = form.get(prefix, "")
    layer = LAYERS.get(chosen)
    is_of = prefix.endswith(".of")
    picked = form.getlist(f"{prefix}.areas")
    return {
        "prefix": prefix,
        "title": _("De quoi") if is_of else _("Quoi"),
        "chosen": chosen,
        "layers": [
            (each.name, each.title.in_language(get_language()), each.name == chosen)
            for each in words.asked_layers()
        ],
        "kept": [
            (f"step:{k}", _("ce que l’étape %(n)s a gardé") % {"n": k}, chosen == f"step:{k}")
            for k in range(1, n)
        ],
        "places": [("areas", _("des territoires choisis"), chosen == "areas"),
                   ("shape", _("une forme dessinée ou un fichier"), chosen == "shape")] if is_of else [],
        "rows": list(condition_rows(form, prefix, chosen)) if layer else [],
        "has_areas": bool(layer) or chosen == "areas",
        "opens_areas": chosen == "areas" or bool(picked),
        "regions": regions,
        "picked": picked,
        "picked_told": picked_told(picked),
        "has_time": bool(layer and layer.time_field),
        "since": form.get(f"{prefix}.since", ""),
        "until": form.get(f"{prefix}.until", ""),
        "last_months": form.get(f"{prefix}.last_months", ""),
        "is_shape": chosen == "shape",
        "shape": form.get(f"{prefix}.shape", ""),
        "shape_name": form.get(f"{prefix}.shape_name", ""),
    }  # fmt: skip


def picked_told(picked):
    if not picked:
        return _("tout le pays")
    return ngettext("%(n)s territoire choisi", "%(n)s territoires choisis", len(picked)) % {"n": len(picked)}


def condition_rows(form, prefix, layer):
    """Yield the conditions on a layer as rows of the form, and a blank one after them."""
    rows = [row for row in reading.rows_of(form, f"{prefix}.where") if any(row.get("field", ()))]
    for at, row in enumerate([*rows, {}]):
        name = next(iter(row.get("field", ())), "")
        field = reading.field_of(layer, name)
        op = next(iter(row.get("op", ())), "=")
        values = [value for value in row.get("value", ()) if value != ""]
        yield {
            "name": f"{prefix}.where.{at}",
            "n": at + 1,
            "fields": fields_of(layer, name),
            "is_blank": not name,
            "ops": [
                (each, words.COMPARISONS[each], each == op)
                for each in words.COMPARISONS_OF[field.type]
            ] if field else [],
            "values": values,
            "value": " ; ".join(values),
            "choices": choices_of(field, values),
            "has_value": op not in reading.WITHOUT_VALUE,
            "is_many": op == "in",
            "input": {FieldType.DATE: "date"}.get(field.type, "text") if field else "text",
            "unit": field.unit.in_language(get_language()) if field and field.unit else "",
        }  # fmt: skip


def fields_of(layer, chosen):
    return [
        (each.name, each.label.in_language(get_language()), each.name == chosen)
        for each in LAYERS[layer].fields
    ]


def choices_of(field, values):
    """Return the values that a field can have, in words; nothing where it is free."""
    if field is None:
        return []
    if field.type is FieldType.BOOLEAN:
        return [("true", _("oui"), "true" in values), ("false", _("non"), "false" in values)]
    return [
        (value, told.in_language(get_language()), value in values) for value, told in field.choices.items()
    ]


def last_layer(form):
    """Return the layer whose features the last step keeps; None while nothing is chosen."""
    n = reading.steps_of(form)
    chosen = form.get(f"s{n}.what", "")
    while chosen.startswith("step:"):
        earlier = int(chosen.removeprefix("step:") or 0)
        if not 0 < earlier < n:
            return None
        n, chosen = earlier, form.get(f"s{earlier}.what", "")
    return LAYERS.get(chosen)


def groups_of(form, layer):
    """Return by what an answer can be grouped: the territory, the time, the fields of the last layer."""
    places = [(name, told) for name, told in words.GROUPS.items() if name not in words.IN_TIME]
    times = [(name, words.GROUPS[name]) for name in words.IN_TIME] if layer and layer.time_field else []
    fields = [
        (each.name, each.label.in_language(get_language()))
        for each in (layer.fields if layer else ())
        if each.type is not FieldType.NUMBER and each.name not in words.GROUPS
    ]
    return [(_("Territoire"), places), (_("Temps"), times), (_("Champ"), fields)]


def fields_measured(form, layer):
    """Return the fields that a measure can sum, average or tell apart."""
    chosen = form.get("measure_field", "")
    only_numbers = form.get("measure") != "distinct"
    return [
        (each.name, each.label.in_language(get_language()), each.name == chosen)
        for each in (layer.fields if layer else ())
        if not only_numbers or each.type in (FieldType.INTEGER, FieldType.NUMBER)
    ]


def events_of(form):
    """Return whose events count, until when, as known when, as the form has them."""
    loaded = newest().loaded
    return {
        "sources": [(each.value, title_of(each), each.value == form.get("events_source")) for each in loaded],
        "until": form.get("events_until", ""),
        "known_at": form.get("events_known_at", ""),
        "is_asked": any(form.get(f"events_{name}") for name in ("source", "until", "known_at")),
    }
