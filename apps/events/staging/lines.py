"""Events by column as the lines of a COPY, each with the digest of what its source tells."""

from hashlib import blake2b
from itertools import count

from layers.readers.events.record import TOLD

NO_VALUE = "\\N"
NUMBERS_AND_DAYS = frozenset(("last_day", "fatalities_low", "fatalities_high", "clarity", "source_updated"))
"""What a source may not tell. Without characters that a COPY takes for its own."""
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": None})


def copy_lines(columns, places, *, first_number):
    """
    Return the bytes of a COPY of these events: number, row, digest, place, then what the source tells.

    The digest is of what is told alone: another load, another edition, another row of the file give the same.
    """
    told = list(map("\t".join, zip(*(_column(name, columns.texts[name]) for name in TOLD), strict=True)))
    lines = [
        f"{number}\t{row}\t{blake2b(text.encode(), digest_size=16).hexdigest()}\t{place}\t{text}\n"
        for number, row, place, text in zip(
            count(first_number), columns.rows, _place_texts(places), told, strict=False
        )
    ]
    return "".join(lines).encode()


def _column(name, texts):
    if name in NUMBERS_AND_DAYS:
        return [NO_VALUE if text is None else text for text in texts] if None in texts else texts
    joined = "".join(texts)
    if any(sign in joined for sign in "\\\t\n\r\x00"):
        return [text.translate(_ESCAPES) for text in texts]
    return texts


def _place_texts(places):
    texts = {
        place: "\t".join(NO_VALUE if each is None else str(each) for each in place) for place in set(places)
    }
    return [texts[place] for place in places]
