"""Who may open the pages of imports; others are told whom to ask."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render

from apps.accounts.access import may_import


def for_importers(view):
    """Serve those who may import; show the way to sign in, or whom to ask, to the others."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if may_import(request.user):
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return render(request, "maps/imports/whom_to_ask.html", status=403)

    return asked
