"""What the page of tokens shows."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.access import Scope
from apps.accounts.models import ApiToken
from apps.accounts.tokens import MOST_OF_AN_OWNER, REMEMBERED
from apps.maps.account.forms import TOLD, TokenForm


@dataclass(frozen=True)
class TokenShown:
    token: ApiToken
    lends: str
    state: str
    is_living: bool


def tokens_context(user, *, form=None, made=None):
    """Return what templates/maps/account/tokens.html needs; `made` is (token, secret), shown this once."""
    now = timezone.now()
    tokens = [_shown(each, now) for each in ApiToken.objects.of(user) if not _is_long_over(each, now)]
    living = sum(each.is_living for each in tokens)
    return {
        "tokens": tokens,
        "form": form or TokenForm(),
        "made": made,
        "is_full": living >= MOST_OF_AN_OWNER,
        "most": MOST_OF_AN_OWNER,
        "remembered_days": REMEMBERED.days,
    }


def _is_long_over(token, now):
    return min(token.revoked or token.expires, token.expires) <= now - REMEMBERED


def _shown(token, now):
    return TokenShown(token, _lends(token), _state(token, now), not token.revoked and token.expires > now)


def _lends(token):
    widest = next(scope for scope in (Scope.WRITE, Scope.READ, Scope.PUBLIC) if scope in token.scopes)
    return TOLD[widest]


def _state(token, now):
    if token.revoked:
        return _("révoqué")
    return _("en usage") if token.expires > now else _("expiré")
