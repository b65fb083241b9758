"""The sign of an institution on a page, as `static/js/institutions.js` draws it on the map."""

from geo.vocabulary import InstitutionKind, InstitutionStatus

SHIELD = "sign-shield"
SIGNS = {
    InstitutionKind.BRIGADE: "sign-square",
    InstitutionKind.TGI: "sign-scales",
    InstitutionKind.TI: "sign-scales",
    InstitutionKind.JPCE: "sign-scales",
    InstitutionKind.COURT_NOT_TOLD: "sign-scales",
    InstitutionKind.EPES: "sign-bars",
    InstitutionKind.PRISON_NOT_TOLD: "sign-bars",
}
"""Kind -> symbol of templates/maps/_signs.html; the others are police."""

INK, PAPER, HALF, DOTS = "#1d2126", "#fff", "url(#half)", "url(#dots)"
FILLS = {
    InstitutionStatus.FUNCTIONAL: INK,
    InstitutionStatus.PERIODIC: HALF,
    InstitutionStatus.RELOCATED: HALF,
    InstitutionStatus.UNDER_CONSTRUCTION: PAPER,
    InstitutionStatus.CLOSED: PAPER,
    InstitutionStatus.DESTROYED: PAPER,
    InstitutionStatus.UNKNOWN: DOTS,
}
CROSSED = (InstitutionStatus.CLOSED, InstitutionStatus.DESTROYED)


def sign_of(kind, status):
    """Return the symbol of a kind, the fill of a status, and whether a cross goes over it."""
    return {"symbol": SIGNS.get(kind, SHIELD), "fill": FILLS[status], "is_crossed": status in CROSSED}
