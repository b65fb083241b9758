"""Files of events small enough to be written in a test, in the columns of each publisher."""

import csv
import io

from layers import known_files
from layers.sources_toml import Contents

ACLED_NAMES = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,"
    "admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
ACLED = ACLED_NAMES.split(",")
"""ACLED's columns since March 2023."""

UCDP_NAMES = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
    "high,low,gwnoa,gwnob"
)
UCDP_49 = UCDP_NAMES.split(",")
"""UCDP GED since version 20.1."""
UCDP_45 = [
    column for column in UCDP_49 if column not in ("relid", "code_status", "where_description", "active_year")
]


def acled(identifier, **about):
    """Return a row of ACLED: a battle in Alpha Sud (see tests.small_country) on 15 October 2020."""
    return {
        "event_id_cnty": identifier,
        "event_date": "2020-10-15",
        "time_precision": "1",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Groupe A",
        "actor2": "Groupe B",
        "country": "Mali",
        "admin1": "Ouest",
        "admin2": "Alpha",
        "admin3": "",
        "location": "Village",
        "latitude": "13.25",
        "longitude": "-4.5",
        "geo_precision": "1",
        "fatalities": "0",
        "timestamp": "1700000000",
    } | about


def ucdp(identifier, **about):
    """Return a row of UCDP: one day of a state-based conflict in Alpha Sud, three deaths at best."""
    return {
        "id": identifier,
        "type_of_violence": "1",
        "side_a": "Government of Mali",
        "side_b": "JNIM",
        "where_prec": "1",
        "where_coordinates": "Village",
        "latitude": "13.25",
        "longitude": "-4.5",
        "country": "Mali",
        "event_clarity": "1",
        "date_prec": "1",
        "date_start": "2020-10-15",
        "date_end": "2020-10-15",
        "low": "2",
        "best": "3",
        "high": "5",
    } | about


def written(path, rows, *, columns=ACLED, below_header=(), delimiter=","):
    """Write rows as a CSV file under these columns; return its path."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=delimiter, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*below_header, *rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def source_of(path, contents=Contents.ACLED_EVENTS):
    return known_files.source_of(path, otherwise=contents)
