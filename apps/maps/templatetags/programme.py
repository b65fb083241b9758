"""Tags and filters of the pages of the programme."""

from django import template
from django.utils.translation import gettext as _

from apps.maps import formats

register = template.Library()

MINUS = "\u2212"


@register.filter
def signed(value):
    """Return a difference with its sign: +20 632, −1."""
    return f"{MINUS if value < 0 else '+'}{formats.number(abs(value))}"


@register.filter
def yesno_told(value):
    """Return yes or no; a dash where the document says neither."""
    return {True: _("oui"), False: _("non")}.get(value, "—")


@register.filter
def unfold(acronyms, text):
    """Return the text, the acronyms that the page says for the first time unfolded."""
    return acronyms.mark(str(text))
