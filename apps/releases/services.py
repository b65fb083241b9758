"""A release from asking to standing. Light: pages call it; what writes and signs is named, not imported."""

import re

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.releases.manifest import free_name, is_name
from apps.releases.models import Release, ReleaseKey
from apps.runs.services import in_hands

State = Release.State

TASK = "releases.make"
MOST_ATTEMPTS = 3
DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]{1,80}", re.ASCII)


class ReleaseFailed(Exception):
    """A release cannot be made; the message says why and the way out."""


class ReleaseStopped(Exception):
    """Somebody else is making the release, or made it."""


class NotNow(Exception):
    """A release of this name stands, or another is being made; the message says which."""


class NotADoi(Exception):
    """The text is no DOI."""


def name_for(today, name=None):
    """Return the name of a new release: the one asked, or the next that is free today. Raises NotNow."""
    taken = set(Release.objects.living().values_list("name", flat=True)) | _folders()
    if name is None:
        return free_name(today, taken)
    if not is_name(name):
        raise NotNow(
            _("« %(name)s » n’est pas un nom de version : attendu 2026-11-23 ou 2026-11-23.2.")
            % {"name": name}
        )
    if name in taken:
        raise NotNow(_("La version %(name)s existe déjà : elle ne change plus.") % {"name": name})
    return name


def _folders():
    folder = settings.RELEASES_DIR
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def begin(*, author, today, name=None):
    """Have the worker freeze what is loaded now; return the release. Raises NotNow."""
    with transaction.atomic():
        release = asked(author=author, today=today, name=name)
        _queue(release)
    return release


def asked(*, author, today, name=None):
    """Return a new release that waits to be made. Raises NotNow."""
    called = name_for(today, name)
    try:
        with transaction.atomic():
            return Release.objects.create(name=called, author=author)
    except IntegrityError:
        other = Release.objects.under_way().first()
        raise NotNow(
            _("La version %(name)s est en préparation : attendez qu’elle soit prête.")
            % {"name": other.name if other else called}
        ) from None


def _queue(release):
    job = app.configure_task(TASK, queue="exports").defer(release_id=release.pk)
    Release.objects.filter(pk=release.pk).update(job_id=job)


def make(release_id, *, step=lambda done, total: None):
    """Make a release that waits; nothing happens to one that does not. Heavy: for the worker and commands."""
    row = Release.objects.filter(pk=release_id)
    if not row.filter(state__in=(State.WAITING, State.RUNNING)).update(
        state=State.RUNNING, message="", done=0
    ):
        return

    def tell(done, total):
        if not row.filter(state=State.RUNNING).update(done=done, total=total):
            raise ReleaseStopped(release_id)
        step(done, total)

    try:
        told = import_string(settings.RELEASE_MAKER)(row.get(), step=tell)
        record(row.get(), told)
    except ReleaseStopped:
        return
    except ReleaseFailed as failure:
        _failed(row, str(failure))
    except DatabaseError:
        # Nothing can be told: the row says "under way" until a worker begins it again.
        raise
    except BaseException:
        _failed(row, _("La version n’a pas pu être faite. Le journal du serveur dit pourquoi."))
        raise


def _failed(row, message):
    row.filter(state=State.RUNNING).update(state=State.FAILED, message=message[:1000])


@transaction.atomic
def record(release, told):
    """Say that a release stands; `told` is what its folder says (`apps.releases.making.Told`)."""
    release.key = know_key(told.fingerprint, told.public_pem, now=told.made_at)
    release.state, release.message = State.DONE, ""
    release.made_at, release.manifest_sha256 = told.made_at, told.manifest_sha256
    release.bytes, release.manifest, release.changes = told.bytes, told.manifest, told.changes
    release.save()
    return release


def know_key(fingerprint, public_pem, *, now):
    """Return the row of a key that signed here, made if it is not yet known: then as one of former times."""
    return ReleaseKey.objects.get_or_create(
        fingerprint=fingerprint, defaults={"public_pem": public_pem, "since": now, "until": now}
    )[0]


def is_unknown(name):
    """Return whether no row tells of a release of this name."""
    return not Release.objects.living().filter(name=name).exists()


@transaction.atomic
def adopt(told):
    """Register a release that stands on the disk; return its row."""
    return record(Release(name=told.manifest["name"]), told)


def known_fingerprints():
    """Return the fingerprints of the keys that signed here."""
    return list(ReleaseKey.objects.values_list("fingerprint", flat=True))


@transaction.atomic
def sign_with(fingerprint, public_pem, *, now):
    """Say which key signs from now on; return it, and whether it took the place of another."""
    others = ReleaseKey.objects.filter(until=None).exclude(fingerprint=fingerprint)
    has_replaced = bool(others.update(until=now))
    key = know_key(fingerprint, public_pem, now=now)
    ReleaseKey.objects.filter(pk=key.pk).update(until=None)
    return key, has_replaced


def keep_doi(release, text):
    """Keep the DOI under which a copy of the release is found. Raises NotADoi."""
    doi = text.strip().removeprefix("https://doi.org/").removeprefix("doi:")
    if doi and not DOI.fullmatch(doi):
        raise NotADoi(text)
    Release.objects.filter(pk=release.pk).update(doi=doi)


def resume_cut_short(now):
    """Queue again a release whose worker is dead; return how many were found."""
    under_way = Release.objects.under_way().filter(job_id__isnull=False)
    cut = under_way.exclude(job_id__in=in_hands(under_way.values("job_id"), now))
    for release in cut:
        attempts = ProcrastinateJob.objects.filter(task_name=TASK, args__release_id=release.pk).count()
        if attempts >= MOST_ATTEMPTS:
            Release.objects.filter(pk=release.pk).update(state=State.FAILED, message=_given_up())
        else:
            _queue(release)
    return len(cut)


def _given_up():
    return _(
        "Le service s’est arrêté trois fois en faisant cette version. Le journal du serveur dit pourquoi."
    )
