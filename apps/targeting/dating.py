"""
What of a question could be known on a day. Nothing later enters a back-test: enforced here, and only here.

Events, and periods, end with the day. What is not of events is kept where its own date is not later; what
nobody can date, or what was told after the choice, is left out and listed with the reason.
"""

from datetime import date

from django.utils.translation import gettext as _

from apps.runs.services import RunFailed
from apps.targeting.indicators import INDICATORS
from apps.targeting.ready_made import twelve_months_to

TOLD_AFTER = {
    "works": "told_after",
    "projects": "told_after",
    "beyond_share": "register",
    "siting_gain": "register",
}
"""The works and projects known are the programme's own, told after its choice; the register has no day."""

RATES = ("violent_per_100k", "fatalities_per_100k")
OF_PEOPLE = ("people", *RATES)

REASONS = (
    *("told_after", "register", "people_later", "period_later"),
    *("not_supplied", "table_undated", "table_later", "no_data", "no_weight"),
)
"""Why a criterion is left out; pages have words for each."""


def as_known(asked_for, day, *, people_year, tables):
    """
    Return a question of targeting as it could have been asked on a day, and the criteria that are left out.

    `people_year` is the newest year of the numbers of people, `tables` the day of each table by its key, None
    where nobody tells it. Raises RunFailed where a zone is left without any criterion.
    """
    zones, left_out = [], []
    for zone in asked_for["zones"]:
        kept = []
        for criterion in zone["criteria"]:
            reason, dated_to = why_not(criterion, day, people_year=people_year, tables=tables)
            if reason:
                left_out.append(told(criterion, zone["key"], reason, dated_to))
            else:
                kept.append(_cut(criterion, day))
        if not kept:
            raise RunFailed(
                _("Aucun critère de la zone « %(zone)s » ne peut être daté du %(day)s ou d’avant.")
                % {"zone": zone["title"] or zone["key"], "day": day.isoformat()}
            )
        zones.append(zone | {"criteria": kept})
    until = _earlier(asked_for["events_until"], day)
    return asked_for | {"zones": zones, "events_until": until}, left_out


def told(criterion, zone, reason, dated_to=None):
    """Return what an answer says of a criterion that is left out."""
    return {
        "zone": zone,
        "key": criterion["key"],
        "indicator": criterion["indicator"],
        "table": criterion["table"],
        "reason": reason,
        "dated_to": dated_to,
    }


def why_not(criterion, day, *, people_year, tables):
    """Return why a criterion cannot be dated to the day or before, and its own date; Nones where it can."""
    indicator = criterion["indicator"]
    if indicator in TOLD_AFTER:
        return TOLD_AFTER[indicator], None
    if indicator in OF_PEOPLE and people_year is not None and people_year > day.year:
        return "people_later", people_year
    if indicator == "table":
        return _why_no_table(criterion["table"], day, tables)
    if INDICATORS[indicator].is_of_events and criterion["since"] and criterion["since"] > day.isoformat():
        return "period_later", criterion["since"]
    return (None, None) if criterion["weight"] else ("no_weight", None)


def _why_no_table(key, day, tables):
    if key is None:
        return "not_supplied", None
    if tables.get(key) is None:
        return "table_undated", None
    return ("table_later", tables[key]) if tables[key] > day else (None, None)


def _cut(criterion, day):
    if not INDICATORS[criterion["indicator"]].is_of_events:
        return criterion
    until = _earlier(criterion["until"], day)
    since = criterion["since"] or twelve_months_to(date.fromisoformat(until)).isoformat()
    return criterion | {"since": since, "until": until}


def _earlier(told_day, day):
    return min(told_day or day.isoformat(), day.isoformat())
