"""The sign of an institution on a page, as `static/js/institutions.js` draws it on the map."""

from geo.vocabulary import InstitutionKind, InstitutionStatus, PlaceTold

SHIELD = "sign-shield"
SIGNS = {
    InstitutionKind.BRIGADE: "sign-square",
    InstitutionKind.TGI: "sign-scales",
    InstitutionKind.TI: "sign-scales",
    InstitutionKind.JPCE: "sign-scales",
    InstitutionKind.MILITARY_COURT: "sign-scales",
    InstitutionKind.PJS: "sign-scales",
    InstitutionKind.PEF: "sign-scales",
    InstitutionKind.COURT_NOT_TOLD: "sign-scales",
    InstitutionKind.EPES: "sign-bars",
    InstitutionKind.PRISON_NOT_TOLD: "sign-bars",
    InstitutionKind.ONE_STOP_CENTRE: "sign-plus",
}
"""Kind -> symbol of templates/maps/_signs.html; the others are police."""

INK, PAPER, HALF, DOTS, WORKS = "#1d2126", "#fff", "url(#half)", "url(#dots)", "url(#works)"
FILLS = {
    InstitutionStatus.FUNCTIONAL: INK,
    InstitutionStatus.PERIODIC: HALF,
    InstitutionStatus.RELOCATED: HALF,
    InstitutionStatus.UNDER_CONSTRUCTION: WORKS,
    InstitutionStatus.CLOSED: PAPER,
    InstitutionStatus.DESTROYED: PAPER,
    InstitutionStatus.UNKNOWN: DOTS,
}
CROSSED = (InstitutionStatus.CLOSED, InstitutionStatus.DESTROYED)


def sign_of(kind, status, place_told=PlaceTold.EXACT):
    """
    Return the symbol of a kind, the fill of a status, whether a cross goes over it, and a ring beside it.

    The ring says that the point drawn is that of a town, not the institution's own.
    """
    return {
        "symbol": SIGNS.get(kind, SHIELD),
        "fill": FILLS[status],
        "is_crossed": status in CROSSED,
        "is_told": place_told != PlaceTold.EXACT,
    }
