"""
What QGIS makes of a site, as JSON: run by the system's Python, which has PyQGIS, not by that of the tests.

    python3 -I seen_by_qgis.py ADDRESS FOLDER

Images of what it draws are left in FOLDER, with the styles it was given.
"""

import json
import sys
import urllib.request
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsDataSourceUri,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

EQUAL_AREA = QgsCoordinateReferenceSystem("EPSG:8857")
OF_TILES = QgsCoordinateReferenceSystem("EPSG:3857")
WHOLE_COUNTRY = QgsRectangle(-1_370_000, 1_120_000, 480_000, 2_900_000)
"""In metres of EPSG:3857."""

SIZE = QSize(600, 600)
PAPER = "#ffffff"


def main(address, folder):
    names = [each["id"] for each in json.loads(fetched(f"{address}/ogc/collections?f=json"))["collections"]]
    layers = {name: collection(address, name) for name in names}
    with_tiles = [each["name"] for each in json.loads(fetched(f"{address}/tiles/"))["layers"]]
    areas = layers["cercles"]
    return {
        "version": QgsApplication.instance().applicationVersion(),
        "collections": {name: told(layer) for name, layer in layers.items()},
        "filtered": filtered(address),
        "in_box": in_box(address),
        "km2": areas_km2(areas),
        "styles": {name: styled(address, layers[name], folder) for name in with_tiles},
        "drawn": {
            name: drawn(layers[name], folder / f"features_{name}.png") for name in ("cercles", "settlements")
        },
        "tiles": {name: tiles(address, name, folder) for name in with_tiles},
    }


def fetched(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


def collection(address, name):
    return QgsVectorLayer(f"url='{address}/ogc/' typename='{name}'", name, "OAPIF")


def told(layer):
    return {
        "valid": layer.isValid(),
        "count": layer.featureCount(),
        "read": sum(1 for _ in layer.getFeatures()),
        "shape": layer.geometryType(),
        "fields": {field.name(): field.typeName() for field in layer.fields()},
        "crs": layer.crs().authid(),
    }


def filtered(address):
    """The cercles of the region of the first one, chosen by the provider and by an expression."""
    layer = collection(address, "cercles")
    region = next(layer.getFeatures())["region"]
    condition = f"\"region\" = '{region}'"
    by_expression = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterExpression(condition)))
    accepted = layer.setSubsetString(condition)
    return {
        "region": region,
        "by_expression": by_expression,
        "accepted": accepted,
        "by_provider": sum(1 for _ in layer.getFeatures()),
    }


def in_box(address):
    request = QgsFeatureRequest(QgsRectangle(-4.5, 14, -3.5, 15))
    return sum(1 for _ in collection(address, "settlements").getFeatures(request))


def areas_km2(layer):
    """Each cercle's area in EPSG:8857, where a square metre is one everywhere, beside the one it is told."""
    request = QgsFeatureRequest().setDestinationCrs(EQUAL_AREA, QgsProject.instance().transformContext())
    return {
        each["pcode"]: [each.geometry().area() / 1e6, each["area_km2"]] for each in layer.getFeatures(request)
    }


def styled(address, layer, folder):
    path = folder / f"{layer.name()}.qml"
    path.write_bytes(fetched(f"{address}/tiles/{layer.name()}.qml?lang=en"))
    _, accepted = layer.loadNamedStyle(str(path))
    renderer = layer.renderer()  # none where no row tells QGIS of which shape they are
    return {
        "accepted": accepted,
        "renderer": renderer and renderer.type(),
        "legend": [each.label() for each in renderer.legendSymbolItems()] if renderer else [],
    }


def tiles(address, name, folder):
    """A layer of tiles as its documents tell it: in the style for MapLibre, then drawn in that for QGIS."""
    document = json.loads(fetched(f"{address}/tiles/{name}.json"))
    uri = QgsDataSourceUri()
    uri.setParam("type", "xyz")
    uri.setParam("url", document["tiles"][0])
    uri.setParam("zmin", str(document["minzoom"]))
    uri.setParam("zmax", str(document["maxzoom"]))
    uri.setParam("styleUrl", f"{address}/tiles/{name}/style.json")
    layer = QgsVectorTileLayer(bytes(uri.encodedUri()).decode(), name)
    said, accepted = layer.loadDefaultStyle()
    return {
        "valid": layer.isValid(),
        "style_accepted": accepted,
        "said": said,
        "styles": [style.layerName() for style in layer.renderer().styles()],
        "qml_accepted": layer.loadNamedStyle(str(folder / f"{name}.qml"))[1],
        "legend": [style.styleName() for style in layer.renderer().styles()],
        "drawn": drawn(layer, folder / f"tiles_{name}.png"),
    }


def drawn(layer, path):
    """Return how many points of the image have each colour, the most frequent first."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(OF_TILES)
    settings.setExtent(WHOLE_COUNTRY)
    settings.setOutputSize(SIZE)
    settings.setBackgroundColor(QColor(PAPER))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(str(path))
    counts = {}
    for row in range(image.height()):
        for column in range(image.width()):
            colour = image.pixelColor(column, row).name()
            counts[colour] = counts.get(colour, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: -each[1])[:20])


if __name__ == "__main__":
    program = QgsApplication([], False)
    program.initQgis()
    print(json.dumps(main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))), flush=True)
    program.exitQgis()
