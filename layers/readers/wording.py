"""Turns of phrase of the readers' messages, with French spacing."""

from collections.abc import Iterable

from geo.names import closest


def quoted(words: str) -> str:
    """Return `words` between French quotation marks."""
    return f"«\u00a0{words}\u00a0»"


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return a sentence offering the nearest candidate, with a space before it; "" when none is near."""
    near = closest(word, candidates)
    return f" Vouliez-vous {quoted(near)}\u202f?" if near else ""
