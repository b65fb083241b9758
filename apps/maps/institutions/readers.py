"""Who may read institutions and who may change them, as pages ask it."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied

from apps.accounts.access import access_class, keeps_data, may_see
from apps.sources.models import Load
from layers.institutions import INSTITUTIONS


def may_read(user):
    """Return whether `user` may read the rows of the registers, by the access class of their source."""
    load = Load.objects.in_use().of_kind(INSTITUTIONS.load_kind).first()
    return may_see(user, access_class(INSTITUTIONS, load))


def for_readers(view):
    """Serve those who may read institutions; show the way to sign in to who has not."""
    return _only(may_read, view)


def for_keepers(view):
    """Serve data keepers; show the way to sign in to who has not."""
    return _only(keeps_data, view)


def _only(may, view):
    @wraps(view)
    def asked(request, *args, **kwargs):
        if may(request.user):
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied

    return asked
