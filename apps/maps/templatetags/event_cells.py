"""The cells of the table of indicators. Written here, not by a template: there are hundreds on a page."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from apps.maps.templatetags.maillage import or_missing, plain

register = template.Library()


@register.simple_tag
def indicator_cell(cell):
    """Return a cell: its number or words, and under it its uncertainty; or what is missing and why."""
    under = format_html('<span class="table__under">{}</span>', cell.under) if cell.under else ""
    return format_html('<td class="number" data-value="{}">{}{}</td>', plain(cell.value), _told(cell), under)


def _told(cell):
    if not cell.text:
        return _missing(cell)
    return (
        format_html('<span class="told told--{}">{}</span>', cell.mark, cell.text) if cell.mark else cell.text
    )


def _missing(cell):
    if not cell.why:
        return or_missing(None)
    return format_html('<abbr class="missing" title="{}">{}</abbr>', cell.why, _("n. d."))


@register.simple_tag
def month_line(line):
    """Return the drawing of an area's months, with what its highest bar stands for."""
    if line is None:
        return format_html('<span class="soft">{}</span>', _("aucun placé"))
    most = _("au plus %(n)s en un mois") % {"n": line.most}
    return format_html(
        '<svg class="line" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/></svg>'
        '<span class="table__under">{}</span>',
        *(line.width, line.height, most, line.path, most),
    )
