"""Which areas points lie in. It asks no database: a process without Django may be handed it."""

NOWHERE = (None, None, None)


class Places:
    """The areas of one edition at its lowest level (`Placer`), and the line of ids that each stands for."""

    def __init__(self, placer, lines):
        """Keep (region id, cercle id, commune id) of each P-code that the placer knows."""
        self._placer = placer
        self._lines = {None: NOWHERE} | lines

    def of(self, longitudes, latitudes):
        """Return (region id, cercle id, commune id) for each point, None where it falls in none."""
        if not len(longitudes):
            return []
        return [self._lines[pcode] for pcode in self._placer.place(longitudes, latitudes)]
