"""Files on their way to a reader: their bytes are taken from its day, and their layers counted as used."""

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy

from apps.accounts.quotas import QuotaSpent, take
from apps.api.problems import TooMany
from apps.api.throttles import reader_of
from apps.catalogue.usage import used
from apps.sources.models import LayerUse

DAY_SECONDS = 86_400
WORDS = {
    "address": gettext_lazy("Sans compte : au plus %(most)s de fichiers par jour depuis une adresse."),
    "account": gettext_lazy("Au plus %(most)s de fichiers par jour pour un compte, jetons compris."),
    "token": gettext_lazy("Au plus %(most)s de fichiers par jour pour un jeton."),
}


def charged(request, response, *, layers, format_):
    """
    Return the answer that sends a file, once its bytes are taken from what its reader may take today.

    Of a range, its own bytes count; of an answer without file (304, 416) and of HEAD, none. Raises TooMany,
    the file closed, when too few are left. `layers` are those whose rows it holds.
    """
    if request.method == "GET" and response.status_code in (200, 206):
        size = int(response["Content-Length"])
        try:
            take(reader_of(request), size, today=timezone.localdate())
        except QuotaSpent as spent:
            response.file_to_stream.close()  # the request goes on: not the whole answer
            raise _too_many(spent) from spent
        # What is resumed was counted when it began.
        uses = 1 if response.status_code == 200 else 0
        for layer in layers:
            used(layer, LayerUse.Door.DOWNLOAD, format_, uses=uses, bytes_=size // len(layers))
    return response


def _too_many(spent):
    return TooMany(
        WORDS[spent.kind] % {"most": filesizeformat(spent.most)},
        wait=(spent.until - timezone.now()).total_seconds(),
        name=f"bytes_{spent.kind}",
        most=spent.most,
        seconds=DAY_SECONDS,
    )
