"""
The official boundaries and population of Mali, fetched from the Humanitarian Data Exchange (HDX).

HDX is a CKAN site: `package_show` tells the resources of a dataset, which change names over the years;
they are chosen by format and by the administrative level in their name.
"""

import os
import re
import shutil
import tempfile
import urllib.parse
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from layers import sources_toml
from layers.downloads import DownloadError, Limits, check_address, fetch, fetch_json
from layers.editions import dates_in
from layers.sources_toml import Contents, SourceFile, sha256_of

BASE_URL = "https://data.humdata.org"
BOUNDARIES = "cod-ab-mli"
POPULATION = "cod-ps-mli"

TIMEOUT_S = 60.0
"""The longest silence of HDX that is waited out. Chosen by Maillage."""
LIMIT_BYTES = 300_000_000
"""More than ten times the boundaries of Mali as published. Chosen by Maillage."""
_ANSWER_LIMIT_BYTES = 5_000_000


class HdxError(RuntimeError):
    """HDX did not give what was asked. The message names dataset, reason and way out, in plain French."""


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One file that a dataset offers, with the dataset's publisher and terms."""

    dataset: str
    name: str
    format: str
    url: str
    last_modified: str
    publisher: str
    licence: str
    licence_url: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Downloaded:
    """A resource as it lies in a folder: its bytes' fingerprint and size, and whose it is."""

    path: Path
    url: str
    sha256: str
    size: int
    publisher: str
    licence: str
    licence_url: str
    page: str
    retrieved: date
    edition: str


def fetch_country(
    folder: Path, *, base_url: str = BASE_URL, today: date, limits: Limits | None = None
) -> list[SourceFile]:
    """
    Fetch boundaries and population into a folder each inside `folder`, with a sources.toml beside them.

    What was there before is replaced only when all files of its dataset have come. Raises HdxError.
    """
    limits = limits or Limits(timeout_s=TIMEOUT_S, limit_bytes=LIMIT_BYTES)
    sources = _fetch_dataset(folder, BOUNDARIES, boundaries_of, base_url, today, limits)
    return sources + _fetch_dataset(folder, POPULATION, population_of, base_url, today, limits)


def package_show(base_url: str, dataset: str, *, limits: Limits) -> list[Resource]:
    """Return the resources of a dataset. Raises DownloadError, HdxError when the answer has another shape."""
    base_url = base_url.rstrip("/")
    url = f"{base_url}/api/3/action/package_show?id={urllib.parse.quote(dataset)}"
    answer = fetch_json(url, replace(limits, limit_bytes=_ANSWER_LIMIT_BYTES))
    result = answer.get("result") if isinstance(answer, dict) and answer.get("success") else None
    if not isinstance(result, dict) or not isinstance(result.get("resources"), list):
        raise HdxError(f"{url}\u00a0: la réponse n'a pas la forme attendue (result.resources).")
    return [
        _resource(result, resource, dataset=dataset, base_url=base_url)
        for resource in result["resources"]
        if isinstance(resource, dict) and resource.get("url")
    ]


def boundaries_of(resources: list[Resource]) -> list[Resource]:
    """
    Return the resources that together hold all levels of boundaries: one of all, or one a level.

    GeoJSON goes before Shapefile and GeoPackage, the newest before others. Raises HdxError when
    regions or cercles are missing.
    """
    for wanted in (("geojson",), ("shp", "zippedshapefile", "shapefile"), ("gpkg", "geopackage")):
        of_format = [each for each in resources if _plain(each.format) in wanted and _has_areas(each)]
        by_level = {_level(each): each for each in sorted(of_format, key=_age)}
        if None in by_level:
            return [by_level[None]]
        if {1, 2} <= by_level.keys():
            return [by_level[level] for level in (1, 2, 3) if level in by_level]
    raise HdxError(
        f"aucune ressource GeoJSON, SHP ou GeoPackage des régions et cercles. {_listed(resources)}"
    )


def population_of(resources: list[Resource]) -> list[Resource]:
    """Return the newest CSV of people by cercle, alone in a list. Raises HdxError when there is none."""
    tables = [each for each in resources if _plain(each.format) == "csv" and _level(each) == 2]
    if not tables:
        raise HdxError(f"aucune ressource CSV de la population par cercle (adm2). {_listed(resources)}")
    return [max(tables, key=_age)]


def download(resource: Resource, folder: Path, *, today: date, limits: Limits) -> Downloaded:
    """
    Fetch a resource into `folder` under the name its publisher gave it.

    What is no zip, JSON, GeoPackage or CSV, as its format says, is refused and leaves nothing behind.
    Raises DownloadError, HdxError.
    """
    check_address(resource.url, came_from=resource.page)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as part_folder:
        part = Path(part_folder) / "part"
        with part.open("w+b") as file:
            size = fetch(resource.url, file, limits)
        path = folder / _file_name(resource, _checked_suffix(part, resource))
        os.replace(part, path)
    return Downloaded(
        path=path,
        url=resource.url,
        sha256=sha256_of(path),
        size=size,
        publisher=resource.publisher,
        licence=resource.licence,
        licence_url=resource.licence_url,
        page=resource.page,
        retrieved=today,
        edition=_edition(resource),
    )


def _fetch_dataset(
    folder: Path,
    dataset: str,
    choose: Callable[[list[Resource]], list[Resource]],
    base_url: str,
    today: date,
    limits: Limits,
) -> list[SourceFile]:
    try:
        chosen = choose(package_show(base_url, dataset, limits=limits))
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=f".{dataset}-") as new:
            files = [download(each, Path(new) / dataset, today=today, limits=limits) for each in chosen]
            sources_toml.write(Path(new) / dataset, _sources(files, _CONTENTS[dataset]))
            shutil.rmtree(folder / dataset, ignore_errors=True)
            os.replace(Path(new) / dataset, folder / dataset)
    except (DownloadError, HdxError, OSError) as error:
        raise HdxError(
            f"HDX, {dataset}\u00a0: {error} Réessayez plus tard, ou prenez les fichiers sur "
            f"{_page(base_url, dataset)} et lancez make run DATA=DOSSIER."
        ) from error
    return sources_toml.read(folder / dataset)


_CONTENTS = {BOUNDARIES: Contents.BOUNDARIES, POPULATION: Contents.POPULATION}


def _sources(files: Iterable[Downloaded], what: Contents) -> list[SourceFile]:
    return [
        SourceFile(
            path=each.path,
            what=what,
            publisher=each.publisher,
            url=each.page,
            licence=each.licence,
            licence_url=each.licence_url,
            attribution=f"{each.publisher}, HDX",
            retrieved=each.retrieved,
            sha256=each.sha256,
            edition=each.edition,
        )
        for each in files
    ]


def _page(base_url: str, dataset: str) -> str:
    return f"{base_url.rstrip('/')}/dataset/{dataset}"


_NO_LICENCE = "Non précisée par HDX"
_NO_PUBLISHER = "Non précisé par HDX"


def _resource(result: dict[str, Any], resource: dict[str, Any], *, dataset: str, base_url: str) -> Resource:
    return Resource(
        dataset=dataset,
        name=str(resource.get("name") or ""),
        format=str(resource.get("format") or ""),
        url=str(resource["url"]),
        last_modified=str(resource.get("last_modified") or ""),
        publisher=_publisher(result),
        licence=str(result.get("license_title") or result.get("license_id") or _NO_LICENCE),
        licence_url=str(result.get("license_url") or ""),
        page=_page(base_url, dataset),
    )


def _publisher(result: dict[str, Any]) -> str:
    organization = result.get("organization")
    title = organization.get("title") if isinstance(organization, dict) else ""
    told = [str(each) for each in (title, result.get("dataset_source")) if each]
    return ", ".join(dict.fromkeys(told)) or _NO_PUBLISHER


_LEVEL = re.compile(r"adm(?:in|bnda_adm)?_?([0-4])(?!\d)", re.IGNORECASE)
_NO_AREAS = re.compile(r"point|line|emf|admbnd[lp]", re.IGNORECASE)


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


def _names(resource: Resource) -> tuple[str, str]:
    """Return what HDX calls the resource and the name of its file."""
    return resource.name, urllib.parse.unquote(urllib.parse.urlsplit(resource.url).path).rsplit("/", 1)[-1]


def _level(resource: Resource) -> int | None:
    """Return the administrative level that the names tell; None when they tell none."""
    told = (_LEVEL.search(name) for name in _names(resource))
    return next((int(found[1]) for found in told if found), None)


def _has_areas(resource: Resource) -> bool:
    return not any(_NO_AREAS.search(name) for name in _names(resource))


def _edition(resource: Resource) -> str:
    """Return the latest day or year in the names, "" when there is none: boundaries tell their own day."""
    return max((day for name in _names(resource) for day in dates_in(name)), default="")


def _age(resource: Resource) -> tuple[str, str]:
    """Return what sorts a newer resource after an older: its edition, then when it was changed."""
    return _edition(resource), resource.last_modified


def _listed(resources: Iterable[Resource]) -> str:
    offered = ", ".join(f"{each.name or each.url} ({each.format})" for each in resources)
    return f"HDX offre\u00a0: {offered or 'rien'}."


def _file_name(resource: Resource, suffix: str) -> str:
    name = re.sub(r"[^\w.-]+", "_", _names(resource)[1]).lstrip(".") or resource.dataset
    return name if name.lower().endswith(suffix) else f"{name}{suffix}"


def _checked_suffix(part: Path, resource: Resource) -> str:
    """Return the suffix of what really came. Raises HdxError when that is not of the resource's format."""
    with part.open("rb") as file:
        start = file.read(512)
    came = _suffix(part, start)
    expected = _SUFFIXES.get(_plain(resource.format), (".zip",))
    if came not in expected:
        what = "une page web" if came == ".html" else f"autre chose\u00a0: {start[:40]!r}"
        raise HdxError(f"{resource.url}\u00a0: {resource.format} attendu, reçu {what}.")
    return came


_SUFFIXES = {
    "geojson": (".geojson", ".zip"),
    "gpkg": (".gpkg", ".zip"),
    "geopackage": (".gpkg", ".zip"),
    "csv": (".csv",),
}


def _suffix(part: Path, start: bytes) -> str:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if zipfile.is_zipfile(part):
        return ".zip"
    if start.startswith(b"SQLite format 3\x00"):
        return ".gpkg"
    if text.startswith((b"<!doctype", b"<html", b"<?xml")):
        return ".html"
    if text.startswith(b"{"):
        return ".geojson"
    return ".csv" if b"\x00" not in start and re.match(rb"[^\n]+[,;\t]", text) else ""
