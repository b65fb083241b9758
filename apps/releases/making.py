"""
A release made: written beside its place, looked through, signed, verified, then put there in one step.

Heavy: for the worker and commands.
"""

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import EDQUOT, ENOSPC
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.catalogue.loads import active_edition
from apps.releases import citing, describing, layers_of, scanning, services, signing
from apps.releases import manifest as manifests
from apps.releases.changelog import changelog
from apps.releases.changes import changes, without_names
from apps.releases.models import Release
from apps.releases.queries import closed_events
from apps.releases.services import ReleaseFailed
from apps.releases.verifying import Refused, verify

RECIPE = Path(__file__).parent / "recipe" / "verify.py"
WORKPLACE = ".being-made"
"""Where a release is written. One is made at a time: what lies there, an interrupted one left."""
MOST_TRIES = 3
"""How often writing begins anew because rows changed meanwhile."""
SOFTWARE = {"name": "Maillage", "version": "0.1.0"}


@dataclass(frozen=True)
class Told:
    """What a folder that stands tells, for its row."""

    made_at: datetime
    manifest: dict
    manifest_sha256: str
    changes: dict
    bytes: int
    fingerprint: str
    public_pem: str


def make(release, *, step):
    """Make the folder of a release and return what it tells. Raises ReleaseFailed, then nothing is kept."""
    if release.folder.exists():
        # The worker died between the two: the folder stands, whole, and was not yet told of.
        return adopted(release.folder)
    with _workplace(release.name) as folder, _words_of_the_disk():
        told = write(release.name, folder, made_at=timezone.now(), step=step)
        put(folder, release.folder)
    return told


def tried(name, *, step):
    """Make the folder of a release, throw it away, and return what it told."""
    with _workplace(name) as folder, _words_of_the_disk():
        return write(name, folder, made_at=timezone.now(), step=step)


@contextmanager
def _workplace(name):
    """Give an empty folder of this name, and remove it afterwards, with what others left."""
    place = settings.RELEASES_DIR / WORKPLACE
    shutil.rmtree(place, ignore_errors=True)
    folder = place / name
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _words_of_the_disk():
    try:
        yield
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise ReleaseFailed(
                _("Le disque du serveur est plein : la version n’a pas pu être écrite.")
            ) from error
        raise


def write(name, folder, *, made_at, step):
    """Write a whole release into a folder of its name, verify it, and return what it tells."""
    key = signing_key()
    with override(layers_of.LANGUAGE):
        layers = rows(folder, step=step)
        head = head_of(name, layers, made_at, signing.fingerprint(key.public_key()))
        found = changes(head, folder, *previous())
        _refuse_miscounted(head, found)
        describe(folder, head, found, signing.public_pem(key))
    refuse_leaks(folder)
    seal(folder, head, key)
    return told_by(folder, trusted={head["key"]})


def signing_key():
    """Return the private key of this installation, and see that its public half is known."""
    try:
        key = signing.private_key(settings.RELEASE_KEY)
    except signing.NoKey as error:
        raise ReleaseFailed(_("La clé de signature manque : %(why)s") % {"why": error}) from None
    services.sign_with(signing.fingerprint(key.public_key()), signing.public_pem(key), now=timezone.now())
    return key


def rows(folder, *, step):
    """Write every public layer; begin anew when rows changed meanwhile: a release is of one moment."""
    place = folder / "layers"
    for _try in range(MOST_TRIES):
        before = layers_of.state_of_data()
        place.mkdir()
        told = layers_of.write_all(place, step=step)
        if layers_of.state_of_data() == before:
            return told
        shutil.rmtree(place)
    raise ReleaseFailed(
        _(
            "Des données ont changé pendant l’écriture, trois fois de suite. Recommencez quand les "
            "chargements sont finis."
        )
    )


def head_of(name, layers, made_at, fingerprint):
    """Return the manifest of a release but for its files."""
    edition = active_edition()
    last = _last()
    head = {
        "format": manifests.FORMAT,
        "name": name,
        "made_at": made_at.isoformat(timespec="seconds"),
        "address": settings.ADDRESS + reverse("release", args=[name]) if settings.ADDRESS else "",
        "edition": edition.name if edition else "",
        "simulated": any(each["simulated"] for each in layers.values()),
        "approximate": any(each["approximate"] for each in layers.values()),
        "previous": {"name": last.name, "manifest_sha256": last.manifest_sha256} if last else None,
        "key": fingerprint,
        "software": SOFTWARE,
        "layers": layers,
    }
    return head | {"title": {language: citing.title(head, language) for language in ("fr", "en")}}


def _last():
    return Release.objects.made().first()


def previous():
    """Return the manifest and the folder of the release that stands last; None and None before the first."""
    last = _last()
    return (last.manifest, last.folder) if last else (None, None)


def _refuse_miscounted(head, found):
    """Raise where the rows compared are not the rows written: the difference would be wrong in silence."""
    for name, each in found["layers"].items():
        compared = each["added"] + each["changed"] + each["unchanged"]
        written = head["layers"][name]["rows"] if name in head["layers"] else 0
        if compared != written:
            raise ReleaseFailed(
                _("%(layer)s : %(written)s lignes écrites, %(compared)s comparées.")
                % {"layer": name, "written": written, "compared": compared}
            )


def describe(folder, head, found, public_pem):
    """Write all that lies beside the rows."""
    texts = {
        "README.md": describing.readme(head),
        "CHANGELOG.md": changelog(head, found),
        "changes.json": json.dumps(found, ensure_ascii=False, indent=1) + "\n",
        "CITATION.cff": citing.cff(head),
        "citation.bib": citing.bibtex(head),
        "citation.txt": describing.citations(head),
        "zenodo.json": json.dumps(citing.zenodo(head), ensure_ascii=False, indent=1) + "\n",
        "verify.py": RECIPE.read_text(encoding="utf-8"),
        manifests.PUBLIC_KEY: public_pem,
    }
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "metadata").mkdir()
    seals = manifests.listed(folder)
    for name in head["layers"]:
        of_layer = {path: seal for path, seal in seals.items() if path.startswith(f"layers/{name}.")}
        text = json.dumps(describing.dataset(head, name, of_layer), ensure_ascii=False, indent=1)
        (folder / "metadata" / f"{name}.jsonld").write_text(text + "\n", encoding="utf-8")
    (folder / manifests.SUMS).write_text(describing.sums(manifests.listed(folder)), encoding="utf-8")


def refuse_leaks(folder):
    """Raise where any written file holds a row of a source that is not public."""
    found = scanning.leak(folder, manifests.paths_of(folder), closed_events())
    if found:
        raise ReleaseFailed(
            _("%(path)s contient « %(told)s », d’une source qui n’est pas publique : rien n’est publié.")
            % {"path": found[0], "told": found[1]}
        )


def seal(folder, head, key):
    """Write the manifest and its signature, and have the disk keep everything, read-only."""
    text = manifests.written({**head, "files": manifests.listed(folder)})
    (folder / manifests.MANIFEST).write_bytes(text)
    (folder / manifests.SIGNATURE).write_bytes(signing.signature(key, text))
    for path in manifests.paths_of(folder):
        (folder / path).chmod(0o444)
        _kept(folder / path)
    for place in (folder / "layers", folder / "metadata", folder):
        _kept(place)


def _kept(path):
    """Return once the disk has a file or a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(folder, place):
    """Put a whole release into its place, where nothing stands; a rename is all or nothing."""
    if place.exists():
        raise ReleaseFailed(
            _("La version %(name)s existe déjà : elle ne change plus.") % {"name": place.name}
        )
    if not _is_still_public(folder):
        raise ReleaseFailed(_("Une source a cessé d’être publique pendant l’écriture : recommencez."))
    folder.rename(place)
    _kept(place.parent)


def _is_still_public(folder):
    public = {layer.name for layer in layers_of.public_layers()}
    told = manifests.read((folder / manifests.MANIFEST).read_bytes())
    return set(told["layers"]) <= public


def told_by(folder, *, trusted):
    """Return what a folder tells, once it is verified. Raises ReleaseFailed."""
    try:
        found = verify(folder, trusted=trusted)
    except Refused as refused:
        raise ReleaseFailed(str(refused)) from None
    told = found.manifest
    return Told(
        made_at=datetime.fromisoformat(told["made_at"]),
        manifest=told,
        manifest_sha256=found.manifest_sha256,
        changes=without_names(json.loads((folder / "changes.json").read_text(encoding="utf-8"))),
        bytes=sum(each["bytes"] for each in told["files"].values()),
        fingerprint=found.fingerprint,
        public_pem=(folder / manifests.PUBLIC_KEY).read_text(),
    )


def adopted(folder):
    """Return what a folder tells that stands without its row, signed by a key that is known here."""
    return told_by(folder, trusted=trusted_keys())


def trusted_keys():
    """Return the fingerprints of all keys that signed here, that of settings.RELEASE_KEY among them."""
    known = set(services.known_fingerprints())
    try:
        return known | {signing.fingerprint(signing.private_key(settings.RELEASE_KEY).public_key())}
    except signing.NoKey:
        return known
