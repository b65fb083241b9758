"""
Every setting, in one file. The environment is read here, once, and a wrong value stops the start.

`docs/operations.md` lists the variables.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
import structlog
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from apps.config import native

BASE_DIR = Path(__file__).resolve().parents[2]
STATE_DIR = BASE_DIR / ".state"
"""What a running installation makes for itself: secret key, collected files, logs."""

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
BEHIND_TLS = env.bool("BEHIND_TLS", default=False)
THIS_MACHINE = ["127.0.0.1", "localhost", "[::1]"]
# This machine is always allowed: /health/ is asked from it.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), *THIS_MACHINE]
ADDRESS = env.str("MAILLAGE_ADDRESS", default="").rstrip("/")
"""Where readers find the site, as https://host: printed on memos, which else tell the path alone."""
CONTACT = env.str("MAILLAGE_CONTACT", default="").strip()
"""Whom readers ask for access: an address of mail or of a page, or words; empty: the administrator."""
PROXIES = env.int("PROXIES", default=0)
"""How many proxies of the operator stand before the site: only their word on a reader's address is taken."""


def _secret_key():
    """Return SECRET_KEY, or for an installation on this machine only, the key kept in a private file."""
    if key := env.str("SECRET_KEY", default=""):
        return key
    if set(ALLOWED_HOSTS) - {*THIS_MACHINE, "testserver"}:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, and ALLOWED_HOSTS names other machines: "
            "set SECRET_KEY to 50 random characters"
        )
    path = STATE_DIR / "secret_key"
    STATE_DIR.mkdir(exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


SECRET_KEY = _secret_key()

if "DATABASE_URL" not in os.environ:
    raise ImproperlyConfigured(
        "DATABASE_URL is not set: `make run` starts a private PostGIS and sets it, "
        "or give the address of yours, postgis://user:password@host/name"
    )


def _database(url):
    """Return the database of this address; a host that is a folder (%2F...) is a Unix socket."""
    database = env.db_url_config(url, engine="django.contrib.gis.db.backends.postgis")
    host = urlsplit(url).netloc.rpartition("@")[2]
    if host.lower().startswith("%2f"):
        database["HOST"] = unquote(host)
    return {**database, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database(env.str("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

NATIVE = native.find()
if NATIVE.gdal:
    GDAL_LIBRARY_PATH = str(NATIVE.gdal)
if NATIVE.geos:
    GEOS_LIBRARY_PATH = str(NATIVE.geos)
if NATIVE.proj_data:
    os.environ["PROJ_DATA"] = str(NATIVE.proj_data)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "apps.config.apps.CollectedFiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "axes",
    "csp",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "leaflet",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
    "rest_framework_gis",
    "apps.accounts",
    "apps.sources",
    "apps.boundaries",
    "apps.events",
    "apps.runs",
    "apps.infrastructure",
    "apps.programme",
    "apps.projects",
    "apps.area_tables",
    "apps.travel",
    "apps.coverage",
    "apps.siting",
    "apps.patterns",
    "apps.feeds",
    "apps.imports",
    "apps.targeting",
    "apps.analysis",
    "apps.exports",
    "apps.packs",
    "apps.releases",
    "apps.api",
    "apps.maps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.config.requests.CompressedBodies",
    "apps.config.requests.OneLineARequest",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "apps.config.requests.FrenchFirst",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.api.authentication.TokenReaders",
    "apps.config.requests.LargeBodiesFromDataKeepers",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "apps.api.uses.CountedUses",
]

ROOT_URLCONF = "apps.config.urls"
WSGI_APPLICATION = "apps.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Accounts ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "map"
LOGOUT_REDIRECT_URL = "map"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_IPWARE_PROXY_COUNT = PROXIES or None
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if PROXIES else ["REMOTE_ADDR"]

# --- Words ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Bamako"

# --- Static files and the map -----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("MAILLAGE_STATIC_ROOT", default=str(STATE_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static", STATE_DIR / "vendor"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "apps.config.static.HashedCompressedFiles"},
}
WHITENOISE_MAX_AGE = 60
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps are for those who mend a library: kept, not compressed.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "gif", "webp", "woff", "woff2", "gz", "br"]

TILES_URL = env.str("MAILLAGE_TILES_URL", default="")
"""Tiles of the operator's choice under the map; empty: none, and no other host is asked."""
TILES_ATTRIBUTION = env.str("MAILLAGE_TILES_ATTRIBUTION", default="")
LEAFLET_CONFIG = {
    "TILES": [(("Fond", TILES_URL, {"attribution": TILES_ATTRIBUTION}))] if TILES_URL else [],
    "DEFAULT_CENTER": (17.3, -4.0),
    "DEFAULT_ZOOM": 5,
    "MIN_ZOOM": 4,
    "MAX_ZOOM": 16,
    "SCALE": None,
    "ATTRIBUTION_PREFIX": False,
    "RESET_VIEW": False,
    "NO_GLOBALS": False,
}

# --- Safety -----------------------------------------------------------------------------------------

_tile_hosts = ["https://" + TILES_URL.split("/")[2].replace("{s}", "*")] if TILES_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_tile_hosts],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from this machine, without TLS
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
# To be listed in browsers as https for ever is the operator's decision, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Requests are counted in each web process: writing a count to the database would cost more than the answer.
# Django's 300 entries would be forgotten by three hundred readers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
}

# --- API --------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.DjangoModelPermissionsOrAnonReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "apps.api.throttles.TokenReaders",
        "apps.api.throttles.SignedInReaders",
        "apps.api.throttles.AnonymousReaders",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anonymous": env.str("THROTTLE_ANONYMOUS", default="300/min"),
        "signed_in": env.str("THROTTLE_SIGNED_IN", default="1200/min"),
        "token": env.str("THROTTLE_TOKEN", default="600/min"),
        "tiles": env.str("THROTTLE_TILES", default="3000/min"),
        "exports": env.str("THROTTLE_EXPORTS", default="60/hour"),
    },
    "NUM_PROXIES": PROXIES,
    "EXCEPTION_HANDLER": "apps.api.problems.handler",
    "DATETIME_FORMAT": "iso-8601",
    "COERCE_DECIMAL_TO_STRING": False,
}
QUOTA_BYTES = {
    "address": env.int("MAILLAGE_QUOTA_ADDRESS", default=5_000_000_000),
    "account": env.int("MAILLAGE_QUOTA_ACCOUNT", default=20_000_000_000),
    "token": env.int("MAILLAGE_QUOTA_TOKEN", default=10_000_000_000),
}
"""Of files, a day: by an address without account, by an account with its tokens, by a token; 0: no limit."""
SPECTACULAR_SETTINGS = {
    "TITLE": "Maillage",
    "DESCRIPTION": "Layers, indicators and choices of target cercles in Mali.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Deletions and changes of tracked rows are kept with who and why; nobody edits the past.
PGHISTORY_APPEND_ONLY = True

# --- Loads and jobs ---------------------------------------------------------------------------------

UPLOADS_DIR = Path(env.str("MAILLAGE_UPLOADS", default=str(STATE_DIR / "uploads")))
"""Where files that are being imported lie, one folder an import; emptied of old ones by the worker."""
EXPORTS_DIR = Path(env.str("MAILLAGE_EXPORTS", default=str(STATE_DIR / "exports")))
"""Where files made for readers wait until they expire."""
EXPORT_DAYS = env.int("MAILLAGE_EXPORT_DAYS", default=7)
"""How long such a file waits."""
EXPORTS_MOST_BYTES = env.int("MAILLAGE_EXPORTS_MOST_BYTES", default=5_000_000_000)
"""Of all these files together: past it, the oldest go first."""
RELEASES_DIR = Path(env.str("MAILLAGE_RELEASES", default=str(STATE_DIR / "releases")))
"""Where releases lie, one folder each, for as long as somebody may cite them."""
RELEASE_KEY = Path(env.str("MAILLAGE_RELEASE_KEY", default=str(STATE_DIR / "release_key.pem")))
"""The private key that signs them: only who runs the worker may read it."""
RELEASE_MAKER = "apps.releases.making.make"
"""What makes a release; named, for a web process may not carry it."""
EDITION_FOLLOWERS = [
    "apps.boundaries.services.follow_edition",
    "apps.events.services.follow_edition",
    "apps.events.published.follow_edition",
    "apps.infrastructure.services.follow_edition",
    "apps.programme.services.follow_edition",
    "apps.projects.services.follow_edition",
    "apps.area_tables.services.follow_edition",
    "apps.coverage.services.follow_edition",
    "apps.coverage.communes.estimate_communes",
    "apps.targeting.adopting.follow_edition",
]
"""Called in this order, in the same transaction, when another boundary edition is switched on."""
PROGRAMME_WRITERS = [
    "apps.programme.services.save_tables",
    "apps.infrastructure.documents.save_facts",
    "apps.projects.services.save_projects",
]
"""Called in this order, in the same transaction, when the tables of the programme are loaded."""
PROGRAMME_FOLLOWERS = ["apps.coverage.services.measure_places"]
"""Called in the same transaction once these tables are written."""
PEOPLE_FOLLOWERS = [
    "apps.coverage.services.share_people",
    "apps.coverage.communes.estimate_communes",
]
"""Called in this order, in the same transaction, when the figures of people change."""
SETTLEMENT_FOLLOWERS = [
    "apps.coverage.services.follow_settlements",
    "apps.coverage.communes.estimate_communes",
    "apps.infrastructure.services.follow_edition",
    "apps.programme.services.follow_edition",
    "apps.projects.services.follow_edition",
    "apps.coverage.services.measure_places",
]
"""Called in this order, in the same transaction, when other settlements are loaded."""
INSTITUTION_FOLLOWERS = ["apps.infrastructure.judicial.follow", "apps.coverage.services.measure_places"]
"""Called in the same transaction when institutions, their statuses or what is known of a register change."""

RUN_KINDS = {
    "targeting": "apps.targeting.computing.compute",
    "backtest": "apps.targeting.backtesting.compute",
    "reach": "apps.coverage.studies.computing.compute",
    "move": "apps.coverage.moving_times.compute",
    "siting": "apps.siting.computing.compute",
    "analysis": "apps.analysis.jobs.compute",
}
"""What answers a run of each kind; named, for a web process may not carry what computes."""
EXPORT_KINDS = {
    "layer": "apps.exports.writing.write",
    "area": "apps.packs.area.write",
    "offline": "apps.packs.offline.write",
}
"""What writes a file of each kind; named, for a web process may not carry it."""
RUN_KINDS_OF_A_READER = ("analysis",)
"""Those whose answer depends on what its author may read: what answers is given the run."""
RUN_FILES = {
    "targeting": {"memo": "apps.maps.memo.making.memo", "map": "apps.maps.memo.making.map_sheet"},
    "siting": {"memo": "apps.maps.siting.memo.memo"},
}
"""What draws up each kind of file of a run of each kind; called with the run and what prints."""

# --- Spatial questions: what one may cost -------------------------------------------------------------

QUESTION_SECONDS = env.float("MAILLAGE_QUESTION_SECONDS", default=3)
"""Of each statement while a reader waits; twice as long for all of a question."""
QUESTION_JOB_SECONDS = env.float("MAILLAGE_QUESTION_JOB_SECONDS", default=120)
"""Of each statement where the worker answers."""
QUESTION_PLAN_COST = env.float("MAILLAGE_QUESTION_PLAN_COST", default=20_000_000)
"""From what cost, as the planner of PostgreSQL tells it, a statement is not begun while a reader waits."""

# --- Publishers asked over the network: nothing is asked until an operator says so --------------------

FEED_CREDENTIALS = {
    "acled": {
        "MAILLAGE_ACLED_USER": env.str("MAILLAGE_ACLED_USER", default=""),
        "MAILLAGE_ACLED_PASSWORD": env.str("MAILLAGE_ACLED_PASSWORD", default=""),
    },
    "ucdp": {"MAILLAGE_UCDP_TOKEN": env.str("MAILLAGE_UCDP_TOKEN", default="")},
    "hapi": {"MAILLAGE_HAPI_IDENTIFIER": env.str("MAILLAGE_HAPI_IDENTIFIER", default="")},
}
"""Credentials by feed, under the names of their variables. They go to their publisher and nowhere else."""
STALE_AFTER_DAYS = {
    "events": 31,
    "ucdp_events": 75,
    "monthly_counts": 75,
    "institutions": 365,
    "projects": 183,
    "population": 5 * 365,
}
"""From what age data are called stale, by kind of load; a kind not here never is (docs/methods.md)."""
STALE_AGES = "apps.feeds.services.stale_ages"
"""Called for the ages that a data keeper set instead: {kind of load: days}."""

# --- The web server (apps/config/gunicorn.py) ---------------------------------------------------------

WEB_WORKERS = env.int("MAILLAGE_WEB_WORKERS", default=2)
"""Processes that answer."""
WEB_THREADS = env.int("MAILLAGE_WEB_THREADS", default=4)
"""Of each: how many requests it answers at once. Each thread holds a connection to the database."""
SENDING_AT_ONCE = env.int("MAILLAGE_SENDING_AT_ONCE", default=500)
"""How many answers one process may have under way to slow clients; then it sends no more files."""
SENDING_PATIENCE_SECONDS = env.float("MAILLAGE_SENDING_PATIENCE_SECONDS", default=60)
"""How long a client may take no byte before it is left."""
SENDING_MEMORY_BYTES = env.int("MAILLAGE_SENDING_MEMORY_BYTES", default=64_000_000)
"""Of one process, for answers that are no files; past it, a thread waits for its client."""

# --- Logs: one structured line a request ------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso"),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Our own line a request says it already.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        # It tells of every step and of every rule of CSS that it leaves out.
        "weasyprint": {"level": "ERROR"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
