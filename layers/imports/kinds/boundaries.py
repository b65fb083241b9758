"""Files of areas with their shapes."""

from dataclasses import replace

from layers.declaration import Geometry, Words
from layers.imports.kinds.declaring import ImportField, ImportKind, PlaceTelling, ValueType
from layers.imports.kinds.places import CERCLE, COMMUNE, PCODE, REGION

BOUNDARIES = ImportKind(
    name="boundaries",
    title=Words("Limites administratives", "Administrative boundaries"),
    key=("pcode",),
    place=PlaceTelling.AREA,
    geometry=Geometry.AREA,
    fields=(
        replace(PCODE, is_required=True, most_letters=8),
        ImportField(
            name="name",
            label=Words("Nom", "Name"),
            type=ValueType.NAME,
            is_required=True,
            headers=(*COMMUNE.headers, *CERCLE.headers, *REGION.headers, "nom", "name"),
            hxl=("#adm3+name", "#adm2+name", "#adm1+name"),
            most_letters=100,
        ),
        ImportField(
            name="parent_pcode",
            label=Words("P-code du parent", "P-code of the parent"),
            type=ValueType.CODE,
            headers=("parent_pcode", "parent p-code", "code parent", *PCODE.headers[3:]),
            hxl=("#adm2+code", "#adm1+code"),
            most_letters=8,
        ),
        ImportField(
            name="valid_on",
            label=Words("Valable depuis", "Valid from"),
            type=ValueType.DATE,
            headers=("valid_on", "validOn", "valid from date", "valable depuis"),
            hxl=("#date+start",),
        ),
        ImportField(
            name="geometry",
            label=Words("Tracé", "Shape"),
            type=ValueType.SHAPE,
            is_required=True,
            headers=("geometry",),
        ),
    ),
)
