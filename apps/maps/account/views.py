"""An account and its tokens: made and shown once, listed, revoked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts import tokens
from apps.accounts.models import ApiToken
from apps.maps.account.forms import TokenForm
from apps.maps.account.page import tokens_context


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens_page(request):
    """The tokens of who is signed in; posted to, one more."""
    if request.method == "POST":
        return _made(request)
    return _page(request)


@sensitive_variables()
def _made(request):
    """
    Answer with the page itself, not with a redirection: the secret would have to be kept to be shown after
    one, and it is kept nowhere.
    """
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=400)
    told = form.cleaned_data
    try:
        made = tokens.make_token(
            request.user, name=told["name"], scopes=form.scopes(), days=told["days"], now=timezone.now()
        )
    except tokens.TooManyTokens:
        form.add_error(
            None,
            _("Vous avez déjà %(most)s jetons en usage : révoquez d’abord ceux qui ne servent plus.")
            % {"most": tokens.MOST_OF_AN_OWNER},
        )
        return _page(request, form=form, status=400)
    return _page(request, made=made, status=201)


def _page(request, *, status=200, **told):
    return render(request, "maps/account/tokens.html", tokens_context(request.user, **told), status=status)


@require_POST
@login_required
def revoke_token(request, pk):
    """End a token of one's own."""
    token = get_object_or_404(ApiToken.objects.of(request.user), pk=pk)
    tokens.revoke(token, now=timezone.now())
    messages.success(
        request, _("Le jeton %(prefix)s est révoqué : il n’ouvre plus rien.") % {"prefix": token.prefix}
    )
    return redirect("tokens")
