"""Files of people by area."""

from layers.declaration import Words
from layers.imports.kinds.declaring import ImportField, ImportKind, PlaceTelling, ValueType
from layers.imports.kinds.places import CERCLE, COMMUNE, PCODE, REGION

_PEOPLE = Words("habitants", "people")
_YEARS = range(1976, 2051)
POPULATION = ImportKind(
    name="population",
    title=Words("Population", "Population"),
    key=("pcode", "year"),
    other_key=("name", "region", "year"),
    place=PlaceTelling.AREA,
    one_of=(("pcode",), ("name",)),
    fields=(
        PCODE,
        ImportField(
            name="name",
            label=Words("Nom du lieu", "Name of the place"),
            type=ValueType.NAME,
            headers=(*COMMUNE.headers, *CERCLE.headers, "nom", "name", "circonscription"),
            hxl=("#adm3+name", "#adm2+name", "#adm3", "#adm2"),
        ),
        REGION,
        ImportField(
            name="year",
            label=Words("Année", "Year"),
            type=ValueType.WHOLE,
            headers=("year", "année", "an"),
            hxl=("#date+year", "#date"),
            least=_YEARS[0],
            most=_YEARS[-1],
        ),
        ImportField(
            name="people",
            label=Words("Population", "People"),
            type=ValueType.WHOLE,
            is_required=True,
            headers=(
                *("T_TL", "population", "population totale", "total population", "population total"),
                *("pop_total", "total", "habitants", "ensemble", *(f"population_{year}" for year in _YEARS)),
            ),
            hxl=("#population+total", "#population"),
            unit=_PEOPLE,
            least=0,
        ),
        ImportField(
            name="men",
            label=Words("Hommes", "Men"),
            type=ValueType.WHOLE,
            headers=(
                "M_TL",
                "hommes",
                "population hommes",
                "masculin",
                "males",
                "male",
                "population masculin",
            ),
            hxl=("#population+m",),
            unit=_PEOPLE,
            least=0,
        ),
        ImportField(
            name="women",
            label=Words("Femmes", "Women"),
            type=ValueType.WHOLE,
            headers=(
                "F_TL",
                "femmes",
                "population femmes",
                "féminin",
                "females",
                "female",
                "population féminin",
            ),
            hxl=("#population+f",),
            unit=_PEOPLE,
            least=0,
        ),
    ),
)
