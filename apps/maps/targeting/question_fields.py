"""The fields in which a question is written: each with its words, its value, and what is wrong with it."""

from collections import Counter
from datetime import date

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from apps.maps.area_tables.page import title_of
from apps.maps.runs.told import KEYS, short_title, zone_title
from apps.maps.targeting.question_form import STILL
from apps.targeting.indicators import INDICATORS
from apps.targeting.questions import MOST_DRAWS
from geo.robustness import DRAWS, SEED

CONCENTRATIONS = {100: "narrow", 30: "middle", 10: "wide"}
"""How far weights are drawn from the chosen ones, as words of the page. Our choice."""

DECIMAL, MONTH = mark_safe('inputmode="decimal"'), mark_safe('pattern="\\d{4}-\\d{2}"')
"""What a phone is told of a field for a number, a browser without months of one for a month."""

EMPTY_CASES = 2
"""Rows left open below the cases of cercles: without scripts each sending fills one or both."""


def field(name, label, value="", *, type_="text", **about):
    """Return what templates/maps/_question_field.html shows of one field."""
    shown = "" if value is None else value
    return {"name": name, "id": f"f-{name}", "label": label, "value": shown, "type": type_} | about


def note(text, *, when=""):
    """Return a line among the fields that says something of them."""
    return {"name": "", "type": "note", "text": text, "when": when}


def with_errors(fields, errors):
    """Return the fields, each with what is wrong at its place or below it; what is told is taken out."""
    for each in fields:
        own = [place for place in errors if place == each["name"] or place == each.get("error_at")]
        each["error"] = " ".join(errors.pop(place) for place in own)
    return fields


# --- Criteria ---


NAMED_BY_ANOTHER = ("table", "siting_gain")
"""Indicators that mean nothing without a table or a run: added with it, not alone."""


def choice_of_indicators(tables):
    """Return what a criterion may be added of: (value, title), the indicators first, then the tables."""
    ours = [(name, str(each.title)) for name, each in INDICATORS.items() if name not in NAMED_BY_ANOTHER]
    waiting = [(f"waiting:{key}", _("%(title)s (tableau à importer)") % {"title": KEYS[key]}) for key in KEYS]
    return ours, [(f"table:{table.key}", title_of(table)) for table in tables], waiting


def criterion_title(criterion, tables):
    """Return what a criterion of a question that is being written is called."""
    if criterion.get("indicator") not in INDICATORS:
        return str(criterion.get("indicator") or criterion.get("key") or "")
    table = next((each for each in tables if each.key == criterion.get("table")), None)
    return short_title({"key": "", **criterion} | {"table_title": table and title_of(table)})


def criterion_fields(at, criterion, tables, common):
    """Return the fields of one criterion, but for its weight."""
    indicator = INDICATORS.get(criterion.get("indicator"))
    fields = []
    if criterion.get("indicator") == "table":
        fields.append(_table_field(at, criterion, tables))
    if criterion.get("indicator") == "near_violence_km":
        fields.append(
            number_field(
                f"{at}.threshold",
                _("Un cercle est violent à partir de"),
                criterion.get("threshold"),
                unit=_("événements"),
                help=_("Le programme ne le dit pas : c’est à vous de le choisir."),
            )
        )
    if criterion.get("indicator") == "siting_gain":
        fields.append(field(f"{at}.run", _("Exécution d’implantations"), criterion.get("run")))
    if criterion.get("indicator") == "beyond_share":
        fields.append(number_field(f"{at}.limit_km", _("Distance"), criterion.get("limit_km"), unit="km"))
    return [*fields, *_reading_fields(at, criterion), *_period_fields(at, criterion, indicator, common)]


def number_field(name, label, value, **about):
    """Return a field for a number; text, so that what is no number comes back as it was written."""
    return field(name, label, value, attribute=DECIMAL, **about)


def _table_field(at, criterion, tables):
    options = [("", _("— aucun tableau —")), *((table.key, title_of(table)) for table in tables)]
    return field(f"{at}.table", _("Tableau chargé"), criterion.get("table"), type_="select", options=options)


def _reading_fields(at, criterion):
    band, bounds = ([*(criterion.get(name) or ()), None, None] for name in ("band", "bounds"))
    return [
        field(
            f"{at}.direction",
            _("Ce que plus veut dire"),
            criterion.get("direction") or "more",
            type_="select",
            options=[
                ("more", _("plus = plus de besoin")),
                ("less", _("moins = plus de besoin")),
                ("band", _("le mieux dans une bande")),
            ],
        ),
        note(_band_help(), when="band"),
        number_field(f"{at}.band.0", _("Bande : de"), band[0], when="band half", error_at=f"{at}.band"),
        number_field(f"{at}.band.1", _("Bande : à"), band[1], when="band half"),
        field(
            f"{at}.normalisation",
            _("Mise à la même échelle"),
            criterion.get("normalisation") or "min_max",
            type_="select",
            options=[
                ("min_max", _("du plus petit au plus grand")),
                ("percentile", _("rang parmi les autres")),
                ("z_score", _("écart à la moyenne")),
            ],
        ),
        number_field(
            f"{at}.bounds.0",
            _("Bornes : de"),
            bounds[0],
            when="min_max half",
            error_at=f"{at}.bounds",
        ),
        number_field(f"{at}.bounds.1", _("Bornes : à"), bounds[1], when="min_max half"),
        note(_("Bornes vides : le plus petit et le plus grand observés."), when="min_max"),
        field(
            f"{at}.logged",
            _("Prendre d’abord le logarithme"),
            "1",
            type_="checkbox",
            checked=bool(criterion.get("logged")),
        ),
        field(
            f"{at}.missing",
            _("Où la donnée manque"),
            criterion.get("missing") or "exclude",
            type_="select",
            options=[
                ("exclude", _("pas de score")),
                ("region_median", _("la médiane de la région")),
                ("value", _("une valeur à dire")),
            ],
        ),
        number_field(f"{at}.fill", _("Valeur de remplacement"), criterion.get("fill"), when="value"),
    ]


def _band_help():
    return _(
        "Le programme : « interventions encore possibles sans besoin d’un déploiement sécuritaire "
        "excessif ». Il ne donne aucun nombre : les deux limites sont à vous."
    )


def _period_fields(at, criterion, indicator, common):
    if indicator is None or not indicator.is_of_events:
        return []
    own = {name: criterion.get(name) for name in ("since", "until")}
    is_own = own != common
    months = [
        field(
            f"{at}.{name}",
            label,
            written_month(own[name]) if is_own else "",
            type_="month",
            attribute=MONTH,
            when="own half",
        )
        for name, label in (("since", _("Période propre : de")), ("until", _("Période propre : à")))
    ]
    return [*months, note(_("Vides : la période commune."))]


def written_month(text):
    """Return the month of a day, as a form has it; what is no day as it was written."""
    try:
        return f"{date.fromisoformat(text):%Y-%m}" if text else ""
    except ValueError:
        return text


def common_period(told):
    """Return the days that most criteria of events share: {since, until}, as texts or None."""
    periods = Counter(
        (criterion.get("since"), criterion.get("until"))
        for zone in told["zones"]
        for criterion in zone["criteria"]
        if criterion.get("indicator") in INDICATORS and INDICATORS[criterion["indicator"]].is_of_events
    )
    since, until = next((period for period, _times in periods.most_common(1)), (None, None))
    return {"since": since, "until": until}


# --- Zones ---


def zone_fields(place, zone, regions):
    """Return the fields of a zone when there are several."""
    at = f"zones.{place}"
    named = zone.get("regions") or ()
    return [
        field(f"{at}.title", _("Nom de la zone"), zone_title({"key": "", "title": "", **zone})),
        number_field(f"{at}.number", _("Combien de cercles au plus"), zone.get("number")),
        field(
            f"{at}.regions",
            _("Ses régions"),
            type_="checkboxes",
            error_at=at,
            options=[(pcode, name, pcode in named) for pcode, name in regions],
        ),
    ]


def aggregation_field(place, zone):
    return field(
        f"zones.{place}.aggregation",
        _("Les critères s’ajoutent"),
        zone.get("aggregation") or "arithmetic",
        type_="select",
        options=[
            ("arithmetic", _("en somme : un point fort compense un point faible")),
            ("geometric", _("en moyenne géométrique : il compense moins")),
        ],
    )


# --- Rules ---


def rule_fields(rules):
    """Return how many, or the money."""
    return [
        number_field("rules.number", _("Combien de cercles"), rules.get("number")),
        number_field("rules.budget", _("Ou un budget"), rules.get("budget")),
        number_field(
            "rules.cost",
            _("Coût d’un cercle"),
            rules.get("cost"),
            help=_("Dans la monnaie du budget ; un coût propre se dit par cercle, plus bas."),
        ),
    ]


def region_rows(rules, regions):
    """Return a floor and a ceiling for each region."""
    return [
        {
            "name": name,
            "fields": [
                number_field(
                    f"rules.{rule}.{pcode}",
                    label % {"region": name},
                    (rules.get(rule) or {}).get(pcode),
                    is_label_hidden=True,
                )
                for rule, label in (
                    ("floors", _("Au moins, %(region)s")),
                    ("ceilings", _("Au plus, %(region)s")),
                )
            ],
        }
        for pcode, name in regions
    ]


def case_rows(rules, cercles):
    """Return a row for each cercle with a rule or a cost of its own, and some that are empty."""
    told = {
        pcode: (rule, reason)
        for rule in ("must", "must_not", "no_access")
        for pcode, reason in (rules.get(rule) or {}).items()
    }
    costs = rules.get("costs") or {}
    pcodes = [*sorted({*told, *costs}), *([""] * EMPTY_CASES)]
    names = dict(cercles)
    options = [("", _("— choisir —")), *cercles]
    return [
        {
            "name": names.get(pcode, pcode) or _("Autre cercle"),
            "is_empty": not pcode,
            "fields": _case_fields(
                f"cases.{place}", pcode, *told.get(pcode, ("", "")), costs.get(pcode), options
            ),
        }
        for place, pcode in enumerate(pcodes)
    ]


def _case_fields(at, pcode, rule, reason, cost, options):
    if pcode and pcode not in dict(options):
        options = [*options, (pcode, pcode)]
    return [
        field(f"{at}.pcode", _("Cercle"), pcode, type_="select", options=options),
        field(
            f"{at}.rule",
            _("Règle"),
            rule,
            type_="select",
            options=[
                ("", _("aucune")),
                ("must", _("doit être choisi")),
                ("must_not", _("ne doit pas être choisi")),
                ("no_access", _("sans accès")),
            ],
        ),
        field(
            f"{at}.reason",
            _("Motif"),
            reason,
            error_at=f"rules.{rule}.{pcode}",
        ),
        number_field(f"{at}.cost", _("Coût propre"), cost, error_at=f"rules.costs.{pcode}"),
    ]


# --- Robustness ---


def robustness_fields(told):
    """Return how many draws, how far from the chosen weights, and from which seed."""
    concentration = told.get("concentration", 30)
    titles = {
        "narrow": _("étroit (100)"),
        "middle": _("moyen (30)"),
        "wide": _("large (10)"),
    }
    options = [(str(value), titles[word]) for value, word in CONCENTRATIONS.items()]
    value = f"{concentration:g}" if _is_number(concentration) else concentration or STILL
    if value not in dict(options):
        options = [*options, (value, _("les poids ne bougent pas") if value == STILL else value)]
    return [
        number_field(
            "robustness.draws",
            _("Tirages"),
            told.get("draws", DRAWS),
            help=_("De 100 à %(most)s.") % {"most": MOST_DRAWS},
        ),
        field(
            "robustness.concentration",
            _("Écart des poids"),
            value,
            type_="select",
            options=options,
            help=_(
                "Combien les poids tirés s’écartent des vôtres. Notre échelle : le programme n’en dit rien."
            ),
        ),
        number_field("robustness.seed", _("Graine"), told.get("seed", SEED)),
    ]


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)
