"""A study of reach between a form and JSON: read from what is sent, told back as it was typed."""

from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError

LONGEST_NAME = 120

LISTS = ("limits", "unknown_works")
NUMBERS = ("limit", "periodic_share", "draws", "seed", "pocket_km")
WORDS = ("day", "sense", "measure", "border")


def told_by(form):
    """
    Return the question (JSON) that a form (QueryDict) tells, unchecked; what is left out is left out.

    What is not a number stays the text that was typed: whoever checks the question refuses it by its name.
    """
    is_chain = form.get("of") == "chain"
    told = {"chain": is_chain, "with_works": form.get("with_works") == "yes"}
    if not is_chain:
        told["kinds"] = form.getlist("kinds")
    told |= {name: form[name] for name in WORDS if form.get(name)}
    told |= {name: number(form[name]) for name in NUMBERS if form.get(name, "").strip()}
    told |= {name: numbers(form[name]) for name in LISTS if form.get(name, "").strip()}
    norm = {"people_per_post": number(form["people_per_post"])} if form.get("people_per_post") else {}
    violence = {"km": number(form["violence_km"])} if form.get("violence_km") else {}
    violence |= {
        name: form[f"violence_{name}"] for name in ("since", "until") if form.get(f"violence_{name}")
    }
    return told | ({"norm": norm} if norm else {}) | ({"violence": violence} if violence else {})


def number(text):
    """Return a number as written in French or English, else the text itself."""
    written = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    try:
        return float(written)
    except ValueError:
        return text.strip()


def numbers(text):
    """Return the numbers of « 10 ; 30 ; 60 »."""
    return [number(part) for part in text.split(";") if part.strip()]


def typed(question):
    """Return the fields of the form that tell this question (JSON, whole)."""
    return {
        **{name: question[name] for name in WORDS},
        **{name: plainly(question[name]) for name in NUMBERS},
        **{name: " ; ".join(plainly(each) for each in question[name]) for name in LISTS},
        "kinds": question["kinds"] or [],
        "of": "chain" if question["chain"] else "kinds",
        "with_works": question["with_works"],
        "people_per_post": plainly(question["norm"]["people_per_post"]),
        "violence_km": plainly(question["violence"]["km"]),
        "violence_since": question["violence"]["since"] or "",
        "violence_until": question["violence"]["until"] or "",
    }


def typed_again(form):
    """Return the fields as they were sent, for a form that is refused."""
    names = ("limit", "limits", "periodic_share", "unknown_works", "draws", "seed", "pocket_km", *WORDS)
    more = ("people_per_post", "violence_km", "violence_since", "violence_until")
    return {name: form.get(name, "") for name in (*names, *more)} | {
        "kinds": form.getlist("kinds"),
        "of": form.get("of", "kinds"),
        "with_works": form.get("with_works") == "yes",
    }


def plainly(value):
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def refusals(error: ValidationError):
    """Return (field, what is wrong) of a refused question."""
    return list(_flat(error.detail)) if isinstance(error.detail, dict) else [("", str(error))]


def _flat(detail, within=""):
    for name, reasons in detail.items():
        if isinstance(reasons, dict):
            yield from _flat(reasons, name)
            continue
        for reason in reasons if isinstance(reasons, list) else [reasons]:
            yield fields().get(f"{within}{'.' if within else ''}{name}", ""), str(reason)


def fields():
    """Return the title of each field that can be refused."""
    return {
        "day": _("Tel que connu le"),
        "kinds": _("Institutions"),
        "limit": _("Limite"),
        "limits": _("Bandes"),
        "periodic_share": _("Part de jours d’une périodique"),
        "unknown_works": _("Part des inconnues qui travaillent"),
        "norm.people_per_post": _("Personnes par poste"),
        "violence.km": _("Rayon de la violence"),
        "violence.since": _("Violence depuis"),
        "violence.until": _("Violence jusqu’à"),
        "draws": _("Tirages"),
        "seed": _("Germe"),
        "pocket_km": _("Distance dans une poche"),
    }
