"""What the page of the state of the data shows: how old they are, who is asked when, and how it went."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateWorker

from apps.feeds.models import Feed, FeedRun
from apps.maps.load_words import KINDS
from apps.maps.state.forms import FeedForm
from apps.sources.freshness import freshness_of_loads
from apps.sources.models import LayerUse
from layers.catalogue import LAYERS

WORKER_SILENT_AFTER = timedelta(seconds=60)
"""A worker reports every 10 seconds: after a minute it is taken for dead."""
MOST_RUNS_SHOWN = 30
DAYS_OF_USES = 30

FEEDS = {
    Feed.Key.ACLED: gettext_lazy("ACLED, événements"),
    Feed.Key.UCDP: gettext_lazy("UCDP, événements"),
    Feed.Key.HAPI: gettext_lazy("HDX HAPI, comptes mensuels"),
}
DOORS = {
    LayerUse.Door.API: "API",
    LayerUse.Door.OGC: "OGC API - Features",
    LayerUse.Door.TILES: gettext_lazy("tuiles"),
    LayerUse.Door.DOWNLOAD: gettext_lazy("fichiers"),
}
OUTCOMES = {
    FeedRun.Outcome.RUNNING: gettext_lazy("en cours"),
    FeedRun.Outcome.DONE: gettext_lazy("fait"),
    FeedRun.Outcome.FAILED: gettext_lazy("échoué"),
}


@dataclass(frozen=True)
class FeedShown:
    feed: Feed
    title: str
    last: FeedRun | None
    outcome: str
    fresh: object
    stale_by_default: int
    has_credentials: bool
    form: FeedForm | None


def state_context(*, keeps, wrong=None):
    """Return what templates/maps/state/page.html needs; `wrong` holds forms not understood, by feed."""
    fresh = freshness_of_loads(timezone.localdate())
    by_kind = {load.kind: each for load, each in fresh}
    runs = FeedRun.objects.select_related("feed")[:MOST_RUNS_SHOWN]
    return {
        "keeps": keeps,
        "loads": [(KINDS[load.kind], load, each) for load, each in sorted(fresh, key=_order)],
        "feeds": [
            _shown(feed, by_kind, keeps, (wrong or {}).get(feed.key))
            for feed in Feed.objects.select_related("last_run")
        ],
        "runs": [(FEEDS[run.feed_id], OUTCOMES[run.outcome], run) for run in runs],
        "worker": _worker(),
        "uses": _uses(timezone.localdate()) if keeps else [],
        "days_of_uses": DAYS_OF_USES,
        "now": timezone.now(),
    }


def _order(pair):
    load, _fresh = pair
    return list(KINDS).index(load.kind), load.pk


def _shown(feed, by_kind, keeps, form):
    return FeedShown(
        feed=feed,
        title=FEEDS[feed.key],
        last=feed.last_run,
        outcome=OUTCOMES[feed.last_run.outcome] if feed.last_run else "",
        fresh=by_kind.get(feed.load_kind),
        stale_by_default=settings.STALE_AFTER_DAYS[feed.load_kind],
        has_credentials=all(settings.FEED_CREDENTIALS[feed.key].values()),
        form=(form or FeedForm(feed=feed)) if keeps else None,
    )


def _uses(today):
    """Return title, door, format, times and size of each way a layer was read in the last days."""
    rows = LayerUse.objects.by_format(since=today - timedelta(days=DAYS_OF_USES - 1))
    language = get_language()
    return [
        {
            **row,
            "title": LAYERS[row["layer"]].title.in_language(language),
            "door": DOORS[row["door"]],
        }
        for row in rows
        if row["layer"] in LAYERS
    ]


def _worker():
    latest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    return {
        "last_heartbeat": latest.last_heartbeat if latest else None,
        "is_alive": latest is not None and timezone.now() - latest.last_heartbeat < WORKER_SILENT_AFTER,
    }
