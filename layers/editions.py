"""The days and years that publishers write into the names of their files."""

import re

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-?([01]\d)-?([0-3]\d))?(?!\d)")


def dates_in(name: str) -> list[str]:
    """
    Return the days and years in a name, in their order, as text that sorts by time.

    >>> dates_in("mli_admbnda_adm2_1m_gov_20211220.shp"), dates_in("acled_mali_1997_2020")
    (['2021-12-20'], ['1997', '2020'])
    >>> dates_in("settlements_18769")
    []
    """
    return ["-".join(filter(None, found)) for found in _DATE.findall(name)]
