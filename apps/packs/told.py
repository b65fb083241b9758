"""What a file of chosen cercles tells of itself as a whole, from what is told of its layers."""

from django.utils.translation import gettext as _

from apps.exports.doubts import licence_of

WARNINGS = ("simulated", "approximate", "stale")


def summary(abouts, order, *, title):
    """Return what the waiting page and the metadata tell of a file that holds these layers (`About`)."""
    return {
        "title": title,
        "language": order["language"],
        "filter": {"cercle": ",".join(order["cercles"])},
        "rows": sum(each.rows for each in abouts),
        "licence": _joined(licence_of(each) for each in abouts),
        "attribution": _joined(each.attribution for each in abouts),
        "publisher": _joined(each.publisher for each in abouts),
        "edition": _joined(each.edition for each in abouts),
        "changed_at": max((each.changed_at for each in abouts), default=""),
        **{name: any(getattr(each, name) for each in abouts) for name in WARNINGS},
        "sources": [],
    }


def title_of(names):
    """Return the title of a file of the cercles of these names."""
    return _("Ma zone : %(cercles)s") % {"cercles": ", ".join(names)}


def _joined(texts):
    """Return each text once; one that several tell together is taken apart first."""
    return "; ".join(dict.fromkeys(part for text in texts for part in text.split("; ") if part))
