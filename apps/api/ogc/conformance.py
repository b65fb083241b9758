"""The conformance classes whose requirements the tests hold this service to, and no others."""

CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
CRS = "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf"
FILTERING = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf"
CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf"
COMMON = "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf"

CLASSES = (
    f"{COMMON}/core",
    f"{CORE}/core",
    f"{CORE}/oas30",
    f"{CORE}/html",
    f"{CORE}/geojson",
    f"{CRS}/crs",
    f"{FILTERING}/queryables",
    f"{FILTERING}/queryables-query-parameters",
    f"{FILTERING}/filter",
    f"{FILTERING}/features-filter",
    f"{CQL2}/cql2-text",
    f"{CQL2}/cql2-json",
    f"{CQL2}/basic-cql2",
    f"{CQL2}/advanced-comparison-operators",
    f"{CQL2}/case-insensitive-comparison",
    f"{CQL2}/accent-insensitive-comparison",
    f"{CQL2}/basic-spatial-functions",
    f"{CQL2}/basic-spatial-functions-plus",
    f"{CQL2}/spatial-functions",
    f"{CQL2}/temporal-functions",
)
