"""How to open a layer whose rows need an account: lines with a token in the place of VOTRE_JETON."""

from django.utils.translation import gettext as _

from apps.maps.data.lines import Addresses, Line, Tool, lines_of_files

PLACEHOLDER = "VOTRE_JETON"


def tools_with_token(addresses: Addresses):
    """Return each program with the lines that show a token, then those that open a downloaded file."""
    with_token = {"QGIS": _qgis, "Python": _python, "R": _r, "Excel": _excel}
    return [
        Tool(
            each.title,
            STEPS[each.title]() if each.title in STEPS else each.steps,
            (*with_token[each.title](addresses), *_told(each)),
        )
        for each in lines_of_files(addresses.layer)
    ]


STEPS = {
    "QGIS": lambda: _(
        "Dans la connexion, Authentification ▸ Configurations ▸ + ▸ API Header : en-tête Authorization, "
        "valeur « Bearer » puis votre jeton. QGIS le garde chiffré, et ne le montre qu’à ce site."
    ),
    "Python": lambda: _(
        "GDAL montre le jeton à chaque adresse qu’il lit : ôtez-le avant d’en lire d’autres."
    ),
    "R": lambda: _("GDAL montre le jeton à chaque adresse qu’il lit : ôtez-le avant d’en lire d’autres."),
}


def _told(tool):
    """Return the lines of a downloaded file, each told as such."""
    words = _("Ou le fichier téléchargé")
    return [Line(each.name, words, each.text) for each in tool.lines]


def _qgis(addresses):
    yield Line("qgis-address", _("L’adresse de la connexion"), addresses.ogc)
    yield Line("qgis-header", _("Ce que vaut l’en-tête Authorization"), f"Bearer {PLACEHOLDER}")


# GDAL's driver of OGC API - Features sends headers of its own, and with them none of GDAL_HTTP_HEADERS.
def _python(addresses):
    name = addresses.layer.name
    yield Line(
        "python-oapif",
        _("Toute la couche, par OGC API - Features"),
        "import pyogrio\n\npyogrio.set_gdal_config_options(\n"
        f'    {{"GDAL_HTTP_AUTH": "BEARER", "GDAL_HTTP_BEARER": "{PLACEHOLDER}"}}\n)\n'
        f'{name} = pyogrio.read_dataframe("OAPIF:{addresses.ogc}", layer="{name}")\n'
        'pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": None, "GDAL_HTTP_BEARER": None})\n'
        f"print(len({name}))",
    )
    yield Line(
        "python-pandas",
        _("Le tableau, avec pandas"),
        f'import pandas\n\n{name} = pandas.read_csv(\n    "{addresses.csv}",\n'
        f'    storage_options={{"Authorization": "Bearer {PLACEHOLDER}"}},\n)\nprint(len({name}))',
    )


def _r(addresses):
    name = addresses.layer.name
    yield Line(
        "r-sf",
        _("Toute la couche, par OGC API - Features"),
        f'library(sf)\n\nheader <- tempfile()\nwriteLines("Authorization: Bearer {PLACEHOLDER}", header)\n'
        f"Sys.setenv(GDAL_HTTP_HEADER_FILE = header)\n"
        f'{name} <- st_read("OAPIF:{addresses.ogc}", layer = "{name}")\n'
        'Sys.unsetenv("GDAL_HTTP_HEADER_FILE")\nunlink(header)',
    )


def _excel(addresses):
    yield Line(
        "excel-query",
        _("Dans l’éditeur avancé de Power Query, avec un accès anonyme"),
        f'Table.PromoteHeaders(Csv.Document(Web.Contents("{addresses.csv}", '
        f'[Headers = [Authorization = "Bearer {PLACEHOLDER}"]]), [Delimiter = ",", Encoding = 65001]))',
    )
