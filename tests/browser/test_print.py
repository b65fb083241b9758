"""The printed map: one page with all that explains it."""

import re

import pytest

pytestmark = pytest.mark.browser


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_map_prints_on_one_page(reader, language):
    page = reader.open_map(f"/?layers=target_cercles&lang={language}")
    before = page.url
    assert pages(page.pdf(prefer_css_page_size=True)) == 1
    assert page.url == before
    assert page.locator("body").get_attribute("class") == "page-map", "the screen is as it was"


def test_paper_carries_title_legend_scale_north_sources_and_date(reader):
    page = reader.open_map()
    page.emulate_media(media="print")
    for selector in (
        ".printed-head__title",
        "#legend-body",
        ".leaflet-control-scale-line",
        ".north",
        ".map-foot",
    ):
        assert page.locator(selector).first.is_visible(), selector
    assert "imprimé le" in page.locator(".printed-head").inner_text()
    for selector in (".bar", ".sheet", ".leaflet-control-zoom"):
        assert not page.locator(selector).first.is_visible(), selector


def test_all_of_mali_is_on_the_paper(reader):
    page = reader.open_map()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    outside = page.evaluate(
        """() => {
            const map = document.querySelector('#map').getBoundingClientRect();
            return [...document.querySelectorAll('.leaflet-areas-pane path')]
                .map((path) => path.getBoundingClientRect())
                .filter(({ left, right }) => left < map.left || right > map.right)
                .length;
        }"""
    )
    assert outside == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
