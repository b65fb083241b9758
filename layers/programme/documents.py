"""The published documents that the other tables were drawn from."""

from layers.declaration import Words
from layers.programme.declaring import DocumentTable, text

DOCUMENTS = DocumentTable(
    stem="documents",
    title=Words("Documents sources", "Source documents"),
    fields=(
        text("key", "Clé", "Key", required=True, once=True, longest=60),
        text("title_fr", "Titre", "Title in French", required=True),
        text("title_en", "Titre en anglais", "Title in English", required=True),
        text("publisher", "Éditeur", "Publisher", required=True, longest=200),
        text("date_told", "Date", "Date", required=True, longest=40),
    ),
    cites=False,
)
