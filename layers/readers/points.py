"""Where a point may lie to be in Mali, and the usual ways in which it goes astray."""

from layers.readers.values import Unfit

WEST, SOUTH, EAST, NORTH = -12.3, 10.1, 4.3, 25.1
"""Degrees, EPSG:4326: the extent of the COD-AB boundaries of Mali, rounded outwards."""
MALI = (WEST, SOUTH, EAST, NORTH)
EARTH = (-180.0, -90.0, 180.0, 90.0)


def in_envelope(longitude: float, latitude: float) -> bool:
    """Return whether a point, in degrees, lies in the rectangle around Mali, where neighbours lie too."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def are_degrees(longitude: float, latitude: float) -> bool:
    """Return whether two numbers are a longitude and a latitude somewhere on earth, but not 0, 0."""
    return abs(longitude) <= 180 and abs(latitude) <= 90 and (longitude != 0 or latitude != 0)


def check(longitude: float, latitude: float) -> None:
    """
    Raise Unfit when a point, in degrees, lies outside the rectangle around Mali, with the likely cause.

    >>> check(-3.1, 14.6)
    >>> check(14.6, -3.1)
    Traceback (most recent call last):
    ...
    layers.readers.values.Unfit: Longitude et latitude semblent échangées. Échangez les deux valeurs.
    """
    if in_envelope(longitude, latitude):
        return
    if in_envelope(latitude, longitude):
        raise Unfit("Longitude et latitude semblent échangées.", "Échangez les deux valeurs.")
    if in_envelope(-longitude, latitude):
        raise Unfit(
            "Le signe moins de la longitude semble manquer.", "Ajoutez-le\u00a0: le Mali est à l'ouest."
        )
    check_degrees(longitude, latitude)
    raise Unfit("Ce point est hors du Mali.", "Corrigez la longitude et la latitude, en degrés décimaux.")


def check_degrees(longitude: float, latitude: float) -> None:
    """
    Raise Unfit when two numbers are no point on earth, or the point 0, 0, which stands for none.

    >>> check_degrees(90.1, 22.5)
    """
    if longitude == 0 and latitude == 0:
        raise Unfit(
            "Le point 0, 0 veut dire que la position manque.", "Donnez la position, ou ôtez la ligne."
        )
    if not are_degrees(longitude, latitude):
        raise Unfit(
            "Ces coordonnées ne sont pas des degrés.",
            "Exportez le fichier en longitude et latitude WGS 84 (EPSG:4326).",
        )
