"""Rules of the house that no linter knows."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPATIAL_SQL = re.compile(r"\bST_[A-Z]\w+|contrib\.gis\.db\.models\.functions|cursor\(\)|\.raw\(|\.extra\(")
HEAVY = (
    "geopandas",
    "pandas",
    "pyogrio",
    "rasterio",
    "matplotlib",
    "sklearn",
    "numba",
    "scipy",
    "esda",
    "libpysal",
    "SALib",
    "skcriteria",
    "seaborn",
    "weasyprint",
    "pypdfium2",
    "skimage",
    "exactextract",
    "h3",
    "highspy",
    "pyarrow",
    "pmtiles",
    "cryptography",
)

SERVE_THE_MAP = """
import os, sys, django
django.setup()
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
from apps.config.wsgi import application
from django.test import Client
ADDRESSES = (
    "/", "/ciblage/", "/couverture/", "/couverture/?works=true", "/couverture/population/",
    "/couverture/deplacements/", "/programme/", "/programme/listes/", "/bulletin/", "/projets/",
    "/institutions/", "/institutions/completude/", "/donnees/", "/donnees/versions/",
    "/cercles/ML0505/", "/cercles/ML0505.json", "/api/layers/cercles.geojson", "/api/coverage/",
    "/api/coverage/runs/", "/evenements/", "/api/patterns/", "/api/search/?q=koro",
    "/ogc/collections/cercles/items?filter=TRUE",
)
for address in ADDRESSES:
    answer = Client().get(address, headers={"host": "localhost"})
    assert answer.status_code == 200, (address, answer.status_code)
print(" ".join(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_spatial_sql_lives_in_queries_only():
    allowed = {"queries.py", "health.py"}
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in ROOT.glob("apps/**/*.py")
        if path.name not in allowed and "migrations" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if SPATIAL_SQL.search(line)
    ]
    assert not found


def test_a_web_process_imports_no_heavy_library(test_database_url):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "apps.config.settings",
        "LOG_LEVEL": "CRITICAL",
        "DATABASE_URL": test_database_url,
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SERVE_THE_MAP, *HEAVY],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == ""
