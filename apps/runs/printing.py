"""
HTML made into PDF, and PDF into PNG. Heavy: for the worker, by name.

WeasyPrint needs Pango of the system, and looks for it when it is imported: OSError where it is not there
(docs/operations.md). Nothing is fetched while it prints: what a page shows stands in its HTML.
"""

import io

import pypdfium2
import weasyprint
from weasyprint.urls import URLFetcher

POINTS_AN_INCH = 72


def pdf_of(html, *, pages):
    """Return the PDF of a page that holds all it shows; None when that takes another number of pages."""
    nothing = URLFetcher(allowed_protocols=[])
    document = weasyprint.HTML(string=html, url_fetcher=nothing).render()
    return document.write_pdf() if len(document.pages) == pages else None


def png_of(pdf, *, dots_an_inch):
    """Return the first page of a PDF as PNG."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        image = page.render(scale=dots_an_inch / POINTS_AN_INCH).to_pil()
        page.close()
    body = io.BytesIO()
    image.save(body, "PNG", optimize=True, dpi=(dots_an_inch, dots_an_inch))
    return body.getvalue()
