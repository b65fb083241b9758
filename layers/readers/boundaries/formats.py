"""Which files may hold boundaries, and how large they may be."""

from layers.readers.problems import UnreadableFile

SUFFIXES = (".geojson", ".json", ".gpkg", ".shp", ".zip")
"""What can be read, the one preferred first when a folder holds the same areas twice."""

ACCEPTED = "GeoJSON (.geojson, .json), GeoPackage (.gpkg), Shapefile (.shp) ou un .zip de ceux-ci"

LARGEST_BYTES = 500_000_000
"""A file, or what a zip unpacks to, beyond this is refused: Mali's communes take 4 MB. Chosen by Maillage."""

MOST_MEMBERS = 1_000
"""A zip of boundaries holds some thirty files. Chosen by Maillage."""

AGAIN = "Téléchargez ou exportez le fichier de nouveau."


def too_large(label: str) -> UnreadableFile:
    """Return the refusal of a file beyond the limits."""
    return UnreadableFile(
        f"{label}\u00a0: trop grand pour être lu sans danger (plus de {LARGEST_BYTES // 1_000_000} Mo ou de "
        f"{MOST_MEMBERS} fichiers). Ne gardez que les limites du Mali."
    )
