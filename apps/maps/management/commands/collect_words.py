"""
Collects the French words of templates and Python into locale/en/LC_MESSAGES/django.po.

Translations are kept.

No program of gettext is needed. `compile_words` makes the catalogue that pages read.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
FOLDERS = (("apps", "*.py"), ("templates", "*.html"))
CATALOGUE = settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po"
LINE_WIDTH = 110


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        catalogue = collected(read_catalogue())
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        with CATALOGUE.open("wb") as file:
            write_po(
                file, catalogue, width=LINE_WIDTH, no_location=True, omit_header=False, ignore_obsolete=True
            )
        missing = untranslated(catalogue)
        self.stdout.write(f"{CATALOGUE.name}: {len(catalogue)} texts, {len(missing)} without English.")
        for message in missing:
            self.stdout.write(f"  {message.id!r}")


def read_catalogue(path=CATALOGUE):
    """Return the catalogue as it stands; an empty one where there is none yet."""
    if not path.is_file():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def collected(existing, root=settings.BASE_DIR):
    """Return a catalogue of exactly the texts in use, with the translations that `existing` holds of them."""
    catalogue = Catalog(locale="en", project="Maillage", fuzzy=False)
    for message, context in texts(root):
        before = existing.get(message, context)
        catalogue.add(message, before.string if before else "", context=context)
    # A date in the file would make every run a change.
    catalogue.creation_date = catalogue.revision_date = existing.creation_date
    return catalogue


def texts(root):
    """Yield (message, context) of every text in use, in a stable order; a plural message is a pair."""
    for folder, pattern in FOLDERS:
        for path in sorted((root / folder).rglob(pattern)):
            for _, message, _, context in extract("python", source_of(path), keywords=KEYWORDS):
                yield message, context


def source_of(path: Path):
    """Return a file as Python that calls gettext, which templates are turned into."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What is no text is blanked out by crosses, which Python would take for wrong indentation.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return BytesIO(text.encode())


def untranslated(catalogue):
    """Return the messages that lack English, or one of their plural forms."""

    def is_told(message):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        return all(forms) and forms != ()

    return [message for message in catalogue if message.id and not is_told(message)]
