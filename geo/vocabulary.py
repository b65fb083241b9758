"""
The words of the domain. `docs/glossary.md` explains each one; a test fails when one place lacks the other.

Institutions keep their French names in every language.
"""

import re
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """An administrative level of Mali, numbered as in the COD-AB files."""

    REGION = 1
    CERCLE = 2
    COMMUNE = 3


class Pcode(str):
    """
    A place code: ML, then two digits a level. It means nothing without its edition.

    The parent is an attribute of an area, never a prefix of its code: the communes of Ménaka keep
    codes of another cercle.

    >>> Pcode("ML0505").level
    <Level.CERCLE: 2>
    >>> Pcode("ML1")
    Traceback (most recent call last):
    ...
    ValueError: 'ML1' is not a P-code: expected ML and 0, 2, 4 or 6 digits
    """

    _FORM = re.compile(r"ML(?:\d{2}){0,3}")

    def __new__(cls, text: str) -> "Pcode":  # noqa: D102  the class says it
        if not cls._FORM.fullmatch(text):
            raise ValueError(f"{text!r} is not a P-code: expected ML and 0, 2, 4 or 6 digits")
        return super().__new__(cls, text)

    @property
    def level(self) -> Level | None:
        """Return the level this code has the length of; None for the whole country."""
        digits = len(self) - 2
        return Level(digits // 2) if digits else None


class InstitutionFamily(StrEnum):
    """What an institution is for. SUPPORT: what accompanies persons, without a uniform or a robe."""

    POLICE = "police"
    COURT = "court"
    PRISON = "prison"
    SUPPORT = "support"


class InstitutionKind(StrEnum):
    """What an institution is. *_NOT_TOLD: the register says the family, not the kind."""

    COMMISSARIAT = "commissariat"
    BRIGADE = "brigade"
    BIS = "bis"
    POLICE_NOT_TOLD = "police_not_told"
    TGI = "tgi"
    TI = "ti"
    JPCE = "jpce"
    MILITARY_COURT = "military_court"
    PJS = "pjs"
    PEF = "pef"
    COURT_NOT_TOLD = "court_not_told"
    EPES = "epes"
    PRISON_NOT_TOLD = "prison_not_told"
    ONE_STOP_CENTRE = "one_stop_centre"

    @property
    def family(self) -> InstitutionFamily:
        """Return what this kind of institution is for."""
        return _FAMILY_OF_KIND[self]


_FAMILY_OF_KIND = {
    InstitutionKind.COMMISSARIAT: InstitutionFamily.POLICE,
    InstitutionKind.BRIGADE: InstitutionFamily.POLICE,
    InstitutionKind.BIS: InstitutionFamily.POLICE,
    InstitutionKind.POLICE_NOT_TOLD: InstitutionFamily.POLICE,
    InstitutionKind.TGI: InstitutionFamily.COURT,
    InstitutionKind.TI: InstitutionFamily.COURT,
    InstitutionKind.JPCE: InstitutionFamily.COURT,
    InstitutionKind.MILITARY_COURT: InstitutionFamily.COURT,
    InstitutionKind.PJS: InstitutionFamily.COURT,
    InstitutionKind.PEF: InstitutionFamily.COURT,
    InstitutionKind.COURT_NOT_TOLD: InstitutionFamily.COURT,
    InstitutionKind.EPES: InstitutionFamily.PRISON,
    InstitutionKind.PRISON_NOT_TOLD: InstitutionFamily.PRISON,
    InstitutionKind.ONE_STOP_CENTRE: InstitutionFamily.SUPPORT,
}


class InstitutionStatus(StrEnum):
    """How an institution works, as far as a source tells. Absence from the register is UNKNOWN too."""

    FUNCTIONAL = "functional"
    PERIODIC = "periodic"
    RELOCATED = "relocated"
    UNDER_CONSTRUCTION = "under_construction"
    CLOSED = "closed"
    DESTROYED = "destroyed"
    UNKNOWN = "unknown"


class Completeness(StrEnum):
    """How much of what stands a register holds, for one kind in one cercle. Until somebody says: UNKNOWN."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


class CoverageSense(StrEnum):
    """What an institution must do to cover people: be on the register, or work on the day asked."""

    NOMINAL = "nominal"
    FUNCTIONAL = "functional"


class PlaceTold(StrEnum):
    """How the place of a row is known. SEAT: told by cercle or region, drawn at its seat."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    SEAT = "seat"


class WorksKind(StrEnum):
    """What the programme plans to build, finish, transform or equip."""

    COMMISSARIAT = "commissariat"
    POLICE_OR_BRIGADE = "police_or_brigade"
    JPCE_TO_TI = "jpce_to_ti"
    TI_WORKS = "ti_works"
    COURT_NOT_TOLD = "court_not_told"
    EPES = "epes"
    ONE_STOP_CENTRE = "one_stop_centre"
    CNDH_ANTENNA = "cndh_antenna"
    PEF = "pef"
    PEACE_INFRASTRUCTURE = "peace_infrastructure"
    COLLECTOR = "collector"


class MechanismKind(StrEnum):
    """A mechanism of peace: land commissions, reconciliation, security consultation, rights."""

    COFO = "cofo"
    CCR = "ccr"
    CCS = "ccs"
    ERAR = "erar"
    CNDH_ANTENNA = "cndh_antenna"
    CNDH_RELAY = "cndh_relay"
    CVJR_ANTENNA = "cvjr_antenna"
    PEACE_CENTRE = "peace_centre"
    PEACE_LABORATORY = "peace_laboratory"


class SettlementClass(IntEnum):
    """The administrative rank of a settlement, as inferred by OCHA (2015)."""

    CAPITAL = 1
    REGION_SEAT = 2
    CERCLE_SEAT = 3
    COMMUNE_SEAT = 4
    VILLAGE = 5


class EventType(StrEnum):
    """The six event types of the ACLED codebook; the value is the publisher's own spelling."""

    BATTLES = "Battles"
    EXPLOSIONS = "Explosions/Remote violence"
    VIOLENCE_AGAINST_CIVILIANS = "Violence against civilians"
    PROTESTS = "Protests"
    RIOTS = "Riots"
    STRATEGIC_DEVELOPMENTS = "Strategic developments"


class UcdpEventType(StrEnum):
    """The three types of organised violence of UCDP (GED codebook, type_of_violence), never ACLED's."""

    STATE_BASED = "State-based conflict"
    NON_STATE = "Non-state conflict"
    ONE_SIDED = "One-sided violence"


VIOLENT_EVENT_TYPES = (
    EventType.BATTLES,
    EventType.EXPLOSIONS,
    EventType.VIOLENCE_AGAINST_CIVILIANS,
    *UcdpEventType,
)
"""What ACLED groups as political violence against people (codebook, event types), and all of UCDP."""


class EventSource(StrEnum):
    """Who records the events. Events of two sources are never added: the same incident may be in both."""

    ACLED = "acled"
    UCDP = "ucdp"
    SIMULATED = "simulated"


class PlacePrecision(IntEnum):
    """
    How well the place of an event is known, on one scale for all sources (docs/methods.md).

    EXACT: the point itself. NEAR: a town near by. AREA: a road, a river or a part of a region. The others:
    no more than the unit that they name, whatever point the source gives.
    """

    EXACT = 1
    NEAR = 2
    AREA = 3
    CERCLE = 4
    REGION = 5
    COUNTRY = 6

    def is_placed_in(self, level: Level) -> bool:
        """
        Return whether an event of this precision counts with confidence in the area of `level` it lies in.

        Else it stands for a wider unit, and is spread over the areas of that unit.

        >>> PlacePrecision.NEAR.is_placed_in(Level.CERCLE), PlacePrecision.NEAR.is_placed_in(Level.COMMUNE)
        (True, False)
        """
        return self in _PLACED_IN[level]

    @property
    def unit(self) -> Level | None:
        """Return the level of the area that an event stands for when it is not placed; None: the country."""
        return _UNIT_OF_PRECISION[self]


_PLACED_IN = {
    Level.COMMUNE: (PlacePrecision.EXACT,),
    Level.CERCLE: (PlacePrecision.EXACT, PlacePrecision.NEAR, PlacePrecision.CERCLE),
    Level.REGION: (
        PlacePrecision.EXACT,
        PlacePrecision.NEAR,
        PlacePrecision.AREA,
        PlacePrecision.CERCLE,
        PlacePrecision.REGION,
    ),
}
_UNIT_OF_PRECISION = {
    PlacePrecision.EXACT: Level.COMMUNE,
    PlacePrecision.NEAR: Level.CERCLE,
    PlacePrecision.AREA: Level.REGION,
    PlacePrecision.CERCLE: Level.CERCLE,
    PlacePrecision.REGION: Level.REGION,
    PlacePrecision.COUNTRY: None,
}


class DatePrecision(IntEnum):
    """How well the date of an event is known, on one scale for all sources (docs/methods.md)."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    YEAR = 4


class AccessClass(StrEnum):
    """Who may read the rows of a source. Decided in `apps.accounts.access`, asked there only."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    DATA_KEEPERS = "data_keepers"


class ZoneLogic(StrEnum):
    """Why the programme works in a cercle: stabilise the Centre-North, prevent spread to the South."""

    CENTRE_NORD = "centre_nord"
    SUD = "sud"


class PeopleMethod(StrEnum):
    """Where a number of people comes from."""

    CENSUS = "census"
    PROJECTION = "projection"
    ESTIMATED = "estimated"
