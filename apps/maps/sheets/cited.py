"""Documents that rows of a sheet are drawn from, numbered in the order they are first named."""

from apps.maps.programme.documents import cited, told_date


class References:
    """The documents of a sheet: a row names them by number, the foot of the page by title."""

    def __init__(self):
        self.known = cited()
        self.numbers = {}

    def of(self, row):
        """Return where a row of a document comes from and the doubt about it."""
        keys = [key for key in row.documents if key in self.known]
        return {
            "documents": [self.numbers.setdefault(key, len(self.numbers) + 1) for key in keys],
            "passage": row.source_passage or None,
            "doubt": row.note or None,
        }

    def told(self):
        """Return the documents named so far, by number."""
        return [
            {
                "number": number,
                "title": self.known[key].title,
                "publisher": self.known[key].publisher,
                "date": self.known[key].told,
            }
            for key, number in self.numbers.items()
        ]


def date_or_none(text):
    """Return a date as told by a document; None where it tells none."""
    return told_date(text) if text else None
