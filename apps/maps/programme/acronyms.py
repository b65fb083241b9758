"""Acronyms of the documents, unfolded where a page first says them."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from apps.programme.models import Acronym

WORD = re.compile(r"[A-Z][A-Za-z\-]*[A-Z][A-Za-z]*|[A-Z]{2,}")
"""What may be an acronym: at least two capitals, as TI, CNDH, DDR-RSS or QIPs."""


class Unfolder:
    """
    The acronyms of one page. Each is marked where it is first written, and not again.

    One letter run with two meanings in the documents is left alone: the page cannot know which.
    """

    def __init__(self, meanings):
        self.meanings = meanings
        self.said = set()

    def mark(self, text):
        """Return `text` as HTML, the acronyms that the page says for the first time unfolded."""
        parts, end = [], 0
        for found in WORD.finditer(text):
            acronym = found[0]
            if acronym in self.meanings and acronym not in self.said:
                self.said.add(acronym)
                parts += [(text[end : found.start()],), (self._unfolded(acronym),)]
                end = found.end()
        return format_html_join("", "{}", [*parts, (text[end:],)])

    def _unfolded(self, acronym):
        return format_html(
            '<abbr class="acronym" tabindex="0" title="{}">{}</abbr>', self.meanings[acronym], acronym
        )


def unfolder():
    """Return the acronyms of the documents in the language of this page."""
    rows = Acronym.objects.values_list("acronym", "expansion_fr", "gloss_en")
    is_english = get_language() == "en"
    meanings, several = {}, set()
    for acronym, french, english in rows:
        if acronym in meanings:
            several.add(acronym)
        meanings[acronym] = f"{french} ({english})" if is_english and english else french
    return Unfolder({acronym: told for acronym, told in meanings.items() if acronym not in several})
