"""Programs that show a token."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tokens import make_token

SCOPES = {"public": ["public"], "read": ["read"], "write": ["read", "write"]}


@pytest.fixture
def with_token(db):
    """Return a function that makes an owner of a persona, a token, and the headers that show it."""

    def make(persona="partner", scope="read"):
        owner, is_new = User.objects.get_or_create(username=f"owner-{persona}")
        if is_new:
            owner.groups.add(Group.objects.get(name=persona))
        _, secret = make_token(owner, name=scope, scopes=SCOPES[scope], days=1, now=timezone.now())
        return {"Authorization": f"Bearer {secret}"}

    return make
