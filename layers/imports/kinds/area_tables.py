"""Any table about areas: the columns of values are chosen by whoever brings it."""

from layers.declaration import Words
from layers.imports.kinds.declaring import ImportField, ImportKind, PlaceTelling, ValueType
from layers.imports.kinds.places import CERCLE, COMMUNE, PCODE, REGION

AREA_TABLE = ImportKind(
    name="area_table",
    title=Words("Tableau par lieu", "Table by place"),
    key=("pcode",),
    other_key=("name", "parent_name"),
    place=PlaceTelling.AREA,
    one_of=(("pcode",), ("name",)),
    takes_values=True,
    fields=(
        PCODE,
        ImportField(
            name="name",
            label=Words("Nom du lieu", "Name of the place"),
            type=ValueType.NAME,
            headers=(*COMMUNE.headers, *CERCLE.headers, *REGION.headers, "nom", "name", "lieu"),
            hxl=("#adm3+name", "#adm2+name", "#adm1+name", "#adm3", "#adm2", "#adm1"),
            most_letters=150,
        ),
        ImportField(
            name="parent_name",
            label=Words("Nom du parent", "Name of the parent"),
            type=ValueType.NAME,
            headers=(*CERCLE.headers, *REGION.headers, "parent_name", "parent"),
            hxl=("#adm2+name", "#adm1+name", "#adm2", "#adm1"),
            most_letters=150,
        ),
    ),
)
