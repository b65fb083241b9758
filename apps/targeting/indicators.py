"""The indicators that a criterion may rest on: what each is, in which unit, from which data."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from apps.sources.models import Load

Kind = Load.Kind


@dataclass(frozen=True)
class Indicator:
    """`rests_on` names the kinds of data; `needs` the parameters without which it means nothing, and why."""

    title: str
    in_sentence: str
    unit: str
    rests_on: tuple
    is_of_events: bool = False
    decimals: int = 1
    needs: dict = field(default_factory=dict)
    note: str = ""


NEEDS_LIMIT = {
    "threshold": _(
        "Dites à partir de combien d’événements violents un cercle est dit violent : "
        "le programme ne le dit pas."
    )
}

INDICATORS = {
    "violent_per_100k": Indicator(
        _("Événements violents"),
        _("événements violents pour 100 000 habitants"),
        _("pour 100 000 hab."),
        (Kind.EVENTS, Kind.POPULATION),
        is_of_events=True,
    ),
    "violent_events": Indicator(
        _("Nombre d’événements violents"),
        _("nombre d’événements violents"),
        _("événements"),
        (Kind.EVENTS,),
        is_of_events=True,
        decimals=0,
    ),
    "fatalities_per_100k": Indicator(
        _("Morts signalés"),
        _("morts signalés pour 100 000 habitants"),
        _("pour 100 000 hab."),
        (Kind.EVENTS, Kind.POPULATION),
        is_of_events=True,
    ),
    "fatalities": Indicator(
        _("Nombre de morts signalés"),
        _("nombre de morts signalés"),
        _("morts"),
        (Kind.EVENTS,),
        is_of_events=True,
        decimals=0,
    ),
    "violent_rise": Indicator(
        _("Événements récents"),
        _("hausse des événements violents"),
        _("événements de plus que dans la période d’avant"),
        (Kind.EVENTS,),
        is_of_events=True,
        decimals=0,
        note=_("Événements violents de la période, moins ceux de la période d’avant, de même durée."),
    ),
    "near_violence_km": Indicator(
        _("Proximité de cercles violents"),
        _("distance au plus proche cercle violent"),
        _("km"),
        (Kind.EVENTS, Kind.BOUNDARIES),
        is_of_events=True,
        needs=NEEDS_LIMIT,
        note=_("D’un bord à l’autre ; 0 pour un voisin. Un cercle n’est pas compté proche de lui-même."),
    ),
    "border_km": Indicator(
        _("Frontière"),
        _("longueur de frontière nationale"),
        _("km"),
        (Kind.BOUNDARIES,),
    ),
    "people": Indicator(_("Population"), _("population"), _("habitants"), (Kind.POPULATION,), decimals=0),
    "works": Indicator(
        _("Ouvrages prévus connus"),
        _("ouvrages prévus connus"),
        _("ouvrages"),
        (Kind.PROGRAMME,),
        decimals=0,
        note=_(
            "Un cercle sans ouvrage connu est inconnu, non zéro : d’autres partenaires bâtissent peut-être."
        ),
    ),
    "projects": Indicator(
        _("Projets connus"),
        _("projets connus"),
        _("projets"),
        (Kind.PROGRAMME, Kind.PROJECTS),
        decimals=0,
        note=_(
            "Un cercle sans projet connu est inconnu, non zéro : un seul des 61 projets nomme ses cercles."
        ),
    ),
    "beyond_share": Indicator(
        _("Lacune de couverture"),
        _("part de la population au-delà de la distance"),
        _("part"),
        (Kind.INSTITUTIONS, Kind.SETTLEMENTS, Kind.POPULATION),
        decimals=2,
        note=_("Le milieu de l’intervalle : le registre est incomplet, et une absence y veut dire inconnu."),
    ),
    "siting_gain": Indicator(
        _("Gain d’implantations"),
        _("personnes qu’un choix d’implantations met à portée"),
        _("personnes"),
        (Kind.INSTITUTIONS, Kind.SETTLEMENTS, Kind.POPULATION, Kind.PROGRAMME),
        decimals=0,
        needs={"run": _("Dites de quelle exécution d’implantations.")},
        note=_(
            "Les personnes que les sites choisis par cette exécution mettent à portée, là où elles vivent."
        ),
    ),
    "table": Indicator(_("Tableau chargé"), _("valeur du tableau"), "", (Kind.AREA_TABLE,)),
}
