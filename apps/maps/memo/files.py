"""The files of a run as readers name them: note_fr.pdf, carte_en.png."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from apps.runs.models import RunFile

Kind = RunFile.Kind


@dataclass(frozen=True)
class Named:
    kind: str
    language: str
    content_type: str
    title: str
    about: str

    def file_name(self, run):
        """Return under which name it is saved: the run's, and which run of that name."""
        ending = {Kind.MEMO: "pdf", Kind.MAP: "png"}[self.kind]
        return f"maillage_{slugify(run.name)[:50]}_{run.hash[:8]}_{self.language}.{ending}"


ABOUT = {
    Kind.MEMO: (
        "note_{}.pdf",
        "application/pdf",
        gettext_lazy("Note de décision"),
        gettext_lazy("PDF, deux pages A4"),
    ),
    Kind.MAP: (
        "carte_{}.png",
        "image/png",
        gettext_lazy("Carte"),
        gettext_lazy("PNG, A4 à 200 points par pouce"),
    ),
}

FILES = {
    name.format(language): Named(kind, language, *about)
    for kind, (name, *about) in ABOUT.items()
    for language in ("fr", "en")
}
"""By the last part of their address."""


def files_of(run):
    """Return the files that runs of this kind have, by the last part of their address."""
    return {name: named for name, named in FILES.items() if named.kind in settings.RUN_FILES[run.kind]}
