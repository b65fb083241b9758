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
HEADER = r"""# The English of every French text of the pages; `manage.py collect_words` keeps it complete.
msgid ""
msgstr ""
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        catalogue = collected(read_catalogue())
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(as_text(catalogue), encoding="utf-8")
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
    catalogue = Catalog(locale="en")
    for message, context in texts(root):
        before = existing.get(message, context)
        catalogue.add(message, before.string if before else "", context=context)
    return catalogue


def as_text(catalogue):
    """Return the catalogue as a .po file, without the date that would make every run a change."""
    body = BytesIO()
    write_po(body, catalogue, width=LINE_WIDTH, omit_header=True, no_location=True, ignore_obsolete=True)
    return HEADER + body.getvalue().decode()


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
