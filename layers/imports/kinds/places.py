"""The fields by which rows of several kinds tell their place."""

from layers.declaration import Words
from layers.imports.kinds.declaring import ImportField, ValueType

_DEGREES = Words("degrés", "degrees")


LONGITUDE = ImportField(
    name="longitude",
    label=Words("Longitude", "Longitude"),
    type=ValueType.DECIMAL,
    headers=("longitude", "lon", "long", "lng", "x", "coord_x", "geometry_longitude"),
    hxl=("#geo+lon",),
    unit=_DEGREES,
)


LATITUDE = ImportField(
    name="latitude",
    label=Words("Latitude", "Latitude"),
    type=ValueType.DECIMAL,
    headers=("latitude", "lat", "y", "coord_y", "geometry_latitude"),
    hxl=("#geo+lat",),
    unit=_DEGREES,
)


REGION = ImportField(
    name="region",
    label=Words("Région", "Region"),
    type=ValueType.NAME,
    headers=(
        *("admin1Name_fr", "adm1_name_fr", "adm1_fr", "adm1_name", "admin1Name", "admin1"),
        *("région", "nom région", "region name", "province"),
    ),
    hxl=("#adm1+name", "#adm1"),
)
CERCLE = ImportField(
    name="cercle",
    label=Words("Cercle", "Cercle"),
    type=ValueType.NAME,
    headers=(
        *("admin2Name_fr", "adm2_name_fr", "adm2_fr", "adm2_name", "admin2Name", "admin2"),
        *("cercle", "nom cercle", "nom du cercle", "district"),
    ),
    hxl=("#adm2+name", "#adm2"),
)
COMMUNE = ImportField(
    name="commune",
    label=Words("Commune", "Commune"),
    type=ValueType.NAME,
    headers=(
        *("admin3Name_fr", "adm3_name_fr", "adm3_fr", "adm3_name", "admin3Name", "admin3"),
        *("commune", "nom commune", "nom de la commune", "municipality"),
    ),
    hxl=("#adm3+name", "#adm3"),
)
LOCALITY = ImportField(
    name="locality",
    label=Words("Localité", "Settlement"),
    type=ValueType.NAME,
    headers=(
        "localité",
        "localités",
        "location_name",
        "location",
        "village",
        "ville",
        "site",
        "town",
        "lieu",
    ),
    hxl=("#loc+name", "#loc"),
)
PCODE = ImportField(
    name="pcode",
    label=Words("P-code du lieu", "P-code of the place"),
    type=ValueType.CODE,
    headers=(
        *("adm3_pcode", "admin3Pcode", "admin3Pcod", "adm2_pcode", "admin2Pcode", "admin2Pcod"),
        *("adm1_pcode", "admin1Pcode", "admin1Pcod", "pcode", "p_code", "code_lieu", "code insee"),
    ),
    hxl=("#adm3+code", "#adm2+code", "#adm1+code", "#loc+code"),
)
PLACES = (PCODE, REGION, CERCLE, COMMUNE, LOCALITY)
