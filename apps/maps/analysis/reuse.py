"""How the answer that is kept opens elsewhere: lines to copy, which the tests run."""

from django.utils.translation import gettext as _


def lines(address, name):
    """
    Return (key, title, lines, what else to know) of each way to open an answer as GeoJSON.

    `address` is None where reading it needs an account: the lines then open the file `name`, downloaded.
    """
    place = address or name
    ways = [
        (
            "python",
            "Python (geopandas)",
            f'import geopandas\n\nanswer = geopandas.read_file("{place}")\nprint(answer.head())',
            "",
        ),
        ("curl", "curl", f'curl -o {name} "{place}"', "") if address else None,
        (
            "qgis",
            "QGIS",
            place,
            _(
                "Couche › Ajouter une couche › Ajouter une couche vecteur : type de source « Protocole », "
                "type « GeoJSON », puis cette adresse."
            )
            if address
            else _("Glissez le fichier téléchargé sur la carte."),
        ),
    ]
    return [dict(zip(("key", "title", "lines", "about"), way, strict=True)) for way in ways if way]
