"""How to open a layer in QGIS, Python, R and a spreadsheet: exact lines, with the address of this site."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.catalogue.loads import rows_for
from apps.catalogue.rows import ROWS
from layers.declaration import FieldType, Geometry, Layer

LONGEST_EXAMPLE = 40
"""In letters: a longer value makes no example that is read."""

MOST_FEATURES = 10_000
"""What one page of items holds at most."""

TILE_ZOOMS = {Geometry.AREA: 12, Geometry.POINT: 14}


@dataclass(frozen=True)
class Line:
    """Something to copy: what it is for, and its text. `name` is its anchor on the page."""

    name: str
    told: str
    text: str


@dataclass(frozen=True)
class Tool:
    """A program, where to go in it, and what to copy there."""

    title: str
    steps: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Example:
    """A field of a layer and a value that one of its rows has."""

    field: str
    value: str | int

    @property
    def condition(self):
        """Return it as a condition of CQL2, of SQL and of OGR."""
        return f"{self.field} = {self.value}" if self.is_number else f"{self.field} = '{self.value}'"

    @property
    def is_number(self):
        return isinstance(self.value, int)


@dataclass(frozen=True)
class Addresses:
    """Where the rows of a layer are read, below the address of this site (`root`, with its last slash)."""

    root: str
    layer: Layer

    def of(self, view, /, *parts, **parameters):
        query = f"?{urlencode(parameters)}" if parameters else ""
        return self.root.rstrip("/") + reverse(view, args=parts) + query

    @property
    def geojson(self):
        return self.of("api:layer-geojson", self.layer.name)

    @property
    def csv(self):
        return self.of("api:layer-csv", self.layer.name)

    @property
    def ogc(self):
        return self.of("ogc:landing")

    @property
    def items(self):
        return self.of("ogc:items", self.layer.name)

    @property
    def has_tiles(self):
        return self.layer.geometry is not Geometry.TABLE and not self.layer.has_access_by_row

    @property
    def tiles(self):
        """Return the address of the tiles, with {z}, {x} and {y} to be filled in."""
        return self.of("tiles:tilejson", self.layer.name).removesuffix(".json") + "/{z}/{x}/{y}.mvt"


def example_of(layer, user):
    """Return a condition that some row of the layer meets that `user` may read; None where there is none."""
    fields = [each for each in _in_order(layer) if each.type in (FieldType.STRING, FieldType.INTEGER)]
    values = ROWS[layer.name].values(rows_for(user, layer), [each.name for each in fields])
    row = next(iter(values[:1]), None)
    found = zip(fields, row[1:], strict=True) if row else ()
    return next((Example(each.name, value) for each, value in found if _is_plain(value)), None)


def _in_order(layer):
    """Return the fields, those first that make the best examples: places, then what is filtered."""
    first = ("cercle", "region")
    return sorted(layer.fields, key=lambda each: (each.name not in first, not each.filters))


def _is_plain(value):
    """Tell whether a value is written alike in every language: a number, or a short text without quotes."""
    if isinstance(value, bool) or value is None:
        return False
    return isinstance(value, int) or (
        0 < len(value) <= LONGEST_EXAMPLE and not any(mark in value for mark in "'\"\\\n%")
    )


def tools(addresses, example):
    """Return each program with what is copied into it."""
    return [
        Tool("QGIS", _steps_of_qgis(), tuple(_qgis(addresses))),
        Tool(
            "Python",
            _("Avec geopandas, qui lit par pyogrio et GDAL."),
            tuple(_python(addresses, example)),
        ),
        Tool(
            "R",
            _("Avec sf, qui lit aussi par GDAL."),
            tuple(_r(addresses, example)),
        ),
        Tool("Excel", _steps_of_excel(), tuple(_excel(addresses))),
    ]


def _steps_of_qgis():
    return _(
        "Couche ▸ Ajouter une couche ▸ Ajouter une couche WFS / OGC API - Features ; Nouveau ; collez "
        "l’adresse, choisissez la version OGC API - Features, puis la couche dans la liste."
    )


def _qgis(addresses):
    layer = addresses.layer
    yield Line("qgis-address", _("L’adresse de la connexion"), addresses.ogc)
    yield Line(
        "qgis-console",
        _("Ou une ligne dans Extensions ▸ Console Python"),
        f'iface.addVectorLayer("url=\'{addresses.ogc}\' typename=\'{layer.name}\'", "{layer.name}", "OAPIF")',
    )
    if addresses.has_tiles:
        yield Line(
            "qgis-tiles",
            _(
                "Pour un grand nombre d’objets, en tuiles vectorielles (Ajouter une couche de tuiles "
                "vectorielles ▸ Nouvelle connexion générique ; zooms 0 à %(last)s)"
            )
            % {"last": TILE_ZOOMS[layer.geometry]},
            addresses.tiles,
        )
        yield Line(
            "qgis-style",
            _("Le style de ces tuiles, à enregistrer puis à charger (Propriétés ▸ Style ▸ Charger le style)"),
            addresses.of("tiles:qml", layer.name),
        )


def _python(addresses, example):
    name = addresses.layer.name
    whole = "?detail=full" if addresses.layer.geometry is Geometry.AREA else ""
    yield Line(
        "python-geopandas",
        _("Toute la couche"),
        f'import geopandas\n\n{name} = geopandas.read_file("{addresses.geojson}{whole}")\nprint(len({name}))',
    )
    where = f",\n    where={_quoted(example.condition)}" if example else ""
    yield Line(
        "python-oapif",
        _("Par OGC API - Features, page après page ; une égalité est filtrée par le serveur")
        if example
        else _("Par OGC API - Features, page après page"),
        f'import pyogrio\n\n{name} = pyogrio.read_dataframe(\n    "OAPIF:{addresses.ogc}",\n'
        f'    layer="{name}"{where},\n)\nprint(len({name}))',
    )
    if example:
        yield Line(
            "python-cql2",
            _("Avec un filtre CQL2 quelconque, que le serveur applique"),
            "from urllib.parse import quote\n\nimport geopandas\n\n"
            f"condition = quote({_quoted(example.condition)})\n"
            f'{name} = geopandas.read_file(\n    "{addresses.items}"\n'
            f'    "?f=json&limit={MOST_FEATURES}&filter=" + condition\n)\nprint(len({name}))',
        )


def _r(addresses, example):
    name = addresses.layer.name
    yield Line(
        "r-sf",
        _("Toute la couche"),
        f'library(sf)\n\n{name} <- st_read("OAPIF:{addresses.ogc}", layer = "{name}")',
    )
    if example:
        query = f"SELECT * FROM {name} WHERE {example.condition}"  # noqa: S608  the reader's own GDAL runs it
        yield Line(
            "r-filter",
            _("Les lignes qui remplissent une condition"),
            f'{name} <- st_read(\n  "OAPIF:{addresses.ogc}",\n  query = "{query}"\n)',
        )


def _steps_of_excel():
    return _(
        "Données ▸ À partir du web, et collez l’adresse : Excel lit le fichier en UTF-8, séparé par des "
        "virgules, et l’actualise sur demande. Un fichier téléchargé s’ouvre par Données ▸ À partir d’un "
        "fichier texte/CSV ; ouvert d’un double clic, un Excel en français met tout dans une colonne."
    )


def _excel(addresses):
    yield Line("excel-address", _("L’adresse du CSV"), addresses.csv)
    yield Line(
        "excel-query",
        _("Ou, dans l’éditeur avancé de Power Query"),
        f'Table.PromoteHeaders(Csv.Document(Web.Contents("{addresses.csv}"), '
        '[Delimiter = ",", Encoding = 65001]))',
    )


def lines_of_files(layer):
    """Return what opens the downloaded files of a layer: no program signs in for a reader."""
    geojson, csv = f"{layer.name}.geojson", f"maillage_{layer.name}.csv"
    return [
        Tool(
            "QGIS",
            _("Glissez le fichier GeoJSON sur la carte, ou dans Extensions ▸ Console Python :"),
            (Line("qgis-file", "", f'iface.addVectorLayer("{geojson}", "{layer.name}", "ogr")'),),
        ),
        Tool(
            "Python",
            "",
            (
                Line(
                    "python-file",
                    "",
                    f'import geopandas\n\n{layer.name} = geopandas.read_file("{geojson}")\n'
                    f"print(len({layer.name}))",
                ),
            ),
        ),
        Tool("R", "", (Line("r-file", "", f'library(sf)\n\n{layer.name} <- st_read("{geojson}")'),)),
        Tool(
            "Excel",
            _("Données ▸ À partir d’un fichier texte/CSV : UTF-8, séparé par des virgules."),
            (Line("excel-file", "", csv),),
        ),
    ]


def _quoted(text):
    return f'"{text}"'
